import Foundation
import GRDB
import Keystore
import Renewal

extension SQLiteTransaction {
    func save(_ standing: RenewalStanding) throws {
        try saveAlerts(standing.alerts, of: saveWithoutAlerts(standing))
    }

    /// As an earlier migration writes it, before the alerts' table is there; returns the renewal's place.
    @discardableResult
    func saveWithoutAlerts(_ standing: RenewalStanding) throws -> Int {
        let id = standing.id.rawValue
        let position = try number("SELECT position FROM journal WHERE renewal = ? AND sequence = 1", [id])
        let isNew = try row("SELECT 1 FROM renewal_standing WHERE position = ?", [position]) == nil
        try run(
            """
            INSERT INTO renewal_standing (position, renewal, alias, status, is_watching, next_look)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (position) DO UPDATE SET status = excluded.status, is_watching = excluded.is_watching,
                next_look = excluded.next_look
            """,
            [
                position, id, standing.alias.rawValue, standing.status.rawValue, standing.isWatchingTraffic,
                standing.nextLookAt.map(Moment.init),
            ]
        )
        // A plan may change until its approval, its partners too.
        if isNew || standing.status == .planned { try savePartners(standing.partners.map(\.rawValue), of: position) }
        try saveStoppedFlows(standing.flowsKeptUndeployed, of: position)
        return position
    }

    func saveAlerts(_ alerts: [RenewalAlert: Int], of position: Int) throws {
        guard try self.alerts(of: position) != alerts else { return }
        try run("DELETE FROM renewal_alert WHERE position = ?", [position])
        for (alert, count) in alerts {
            try run("INSERT INTO renewal_alert VALUES (?, ?, ?)", [position, alert.rawValue, count])
        }
    }

    func alertCounts() throws -> [RenewalAlert: Int] {
        try alerts(rows("SELECT alert, sum(count) AS count FROM renewal_alert GROUP BY alert"))
    }

    private func alerts(of position: Int) throws -> [RenewalAlert: Int] {
        try alerts(rows("SELECT alert, count FROM renewal_alert WHERE position = ?", [position]))
    }

    private func alerts(_ rows: [Row]) throws -> [RenewalAlert: Int] {
        try rows.reduce(into: [:]) { alerts, row in
            alerts[try read(row["alert"], in: "renewal_alert") { RenewalAlert(rawValue: $0) }] = row["count"]
        }
    }

    func renewals(_ query: RenewalQuery) throws -> [RenewalStanding] {
        var (clauses, arguments) = (["true"], StatementArguments())
        let demand = { (clause: String, values: [String]) in
            clauses.append(clause)
            arguments += StatementArguments(values)
        }
        if let alias = query.alias { demand("alias = ?", [alias.rawValue]) }
        if let partner = query.partner {
            demand("position IN (SELECT position FROM renewal_partner WHERE partner = ?)", [partner.rawValue])
        }
        if let flow = query.flowKeptUndeployed {
            demand("position IN (SELECT position FROM renewal_stopped_flow WHERE flow = ?)", [flow])
        }
        if !query.statuses.isEmpty {
            let marks = query.statuses.map { _ in "?" }.joined(separator: ", ")
            // The few of one alias, partner or flow are never found by their state.
            let isOfFew = query.alias != nil || query.partner != nil || query.flowKeptUndeployed != nil
            let status = isOfFew ? "+status" : "status"
            demand("\(status) IN (\(marks))", query.statuses.map(\.rawValue).sorted())
        }
        if let after = query.after {
            demand("position > (SELECT position FROM renewal_standing WHERE renewal = ?)", [after.rawValue])
        }
        return try rows(
            "SELECT * FROM renewal_standing WHERE \(clauses.joined(separator: " AND ")) ORDER BY position LIMIT ?",
            arguments + [max(query.limit, 0)]
        )
        .map(standing)
    }

    func dueRenewals(at now: Date, horizon: Date, limit: Int) throws -> [RenewalID] {
        try rows(
            """
            SELECT renewal, next_look FROM renewal_standing WHERE next_look <= ?1
            UNION ALL SELECT renewal, next_look FROM renewal_standing WHERE next_look > ?2
            ORDER BY next_look LIMIT ?3
            """,
            [Moment(now), Moment(horizon), max(limit, 0)]
        )
        .map { RenewalID(rawValue: $0["renewal"]) }
    }

    private func savePartners(_ partners: [String], of position: Int) throws {
        guard try members("partner", of: "renewal_partner", position) != partners.sorted() else { return }
        try run("DELETE FROM renewal_partner WHERE position = ?", [position])
        try saveMembers("renewal_partner", partners, of: position)
    }

    private func saveStoppedFlows(_ flows: [String], of position: Int) throws {
        let kept = try members("flow", of: "renewal_stopped_flow", position)
        guard kept != flows else { return }
        try run("DELETE FROM renewal_stopped_flow WHERE position = ?", [position])
        try saveMembers("renewal_stopped_flow", flows, of: position)
    }

    private func saveMembers(_ table: String, _ members: [String], of position: Int) throws {
        for member in members { try run("INSERT INTO \(table) VALUES (?, ?)", [member, position]) }
    }

    private func members(_ column: String, of table: String, _ position: Int) throws -> [String] {
        try rows("SELECT \(column) FROM \(table) WHERE position = ? ORDER BY \(column)", [position])
            .map { $0[column] }
    }

    private func standing(_ row: Row) throws -> RenewalStanding {
        let (table, position) = ("renewal_standing", row["position"] as Int)
        return RenewalStanding(
            id: RenewalID(rawValue: row["renewal"]),
            alias: try read(row["alias"], in: table) { KeyAlias(rawValue: $0) },
            status: try read(row["status"], in: table) { RenewalStatus(rawValue: $0) },
            partners: try members("partner", of: "renewal_partner", position)
                .map { try read($0, in: "renewal_partner") { PartnerID(rawValue: $0) } },
            flowsKeptUndeployed: try members("flow", of: "renewal_stopped_flow", position),
            isWatchingTraffic: row["is_watching"],
            nextLookAt: row.optionalMoment("next_look"),
            alerts: try alerts(of: position)
        )
    }
}

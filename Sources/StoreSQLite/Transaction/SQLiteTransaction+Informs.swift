import Foundation
import GRDB
import Renewal

/// The outbox of notifications and their deliveries.
extension SQLiteTransaction {
    func undistributedNotifications(limit: Int) throws -> [RenewalNotification] {
        try rows("SELECT notification FROM inform_outbox ORDER BY position LIMIT ?", [max(limit, 0)])
            .compactMap { try notification(RenewalNotification.ID(rawValue: $0["notification"])) }
    }

    func distribute(_ notification: RenewalNotification.ID, over deliveries: [InformDelivery]) throws {
        for delivery in deliveries {
            try run(
                """
                INSERT INTO inform_delivery (notification, channel, address, person, message_id, created_at,
                    state, attempts, due_at, uncertain, result, ended_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (notification, channel, address, person) DO NOTHING
                """,
                [
                    delivery.notification.rawValue, delivery.channel.rawValue, delivery.address, delivery.person,
                    delivery.messageID, Moment(delivery.createdAt), delivery.state.rawValue, delivery.attempts,
                    Moment(delivery.dueAt), delivery.isUncertain, delivery.result, delivery.endedAt.map(Moment.init),
                ]
            )
        }
        try run("DELETE FROM inform_outbox WHERE notification = ?", [notification.rawValue])
    }

    func dueDeliveries(at now: Date, limit: Int) throws -> [InformDelivery] {
        try rows(
            """
            SELECT * FROM inform_delivery WHERE state = 'waiting' AND due_at <= ? ORDER BY due_at, position LIMIT ?
            """,
            [Moment(now), max(limit, 0)]
        )
        .map(delivery)
    }

    func updateDelivery(_ delivery: InformDelivery) throws {
        let changed = try run(
            """
            UPDATE inform_delivery SET created_at = ?, state = ?, attempts = ?, due_at = ?, uncertain = ?, result = ?,
                ended_at = ?
            WHERE message_id = ?
            """,
            [
                Moment(delivery.createdAt), delivery.state.rawValue, delivery.attempts, Moment(delivery.dueAt),
                delivery.isUncertain, delivery.result, delivery.endedAt.map(Moment.init), delivery.messageID,
            ]
        )
        guard changed == 1 else { throw SQLiteStoreError.missing("delivery \(delivery.messageID)") }
    }

    func deliveries(in state: InformDelivery.State, limit: Int) throws -> [InformDelivery] {
        try rows(
            "SELECT * FROM inform_delivery WHERE state = ? ORDER BY position LIMIT ?",
            [state.rawValue, max(limit, 0)]
        )
        .map(delivery)
    }

    func deliveryCount(in state: InformDelivery.State) throws -> Int {
        // The second condition leads to the index, which leaves out what was delivered.
        try number(
            "SELECT count(*) FROM inform_delivery WHERE state = ? AND state <> 'delivered'",
            [state.rawValue]
        )
    }

    func deliveries(of notification: RenewalNotification.ID) throws -> [InformDelivery] {
        try rows("SELECT * FROM inform_delivery WHERE notification = ? ORDER BY position", [notification.rawValue])
            .map(delivery)
    }

    private func delivery(_ row: Row) throws -> InformDelivery {
        InformDelivery(
            InformDelivery(
                notification: RenewalNotification.ID(rawValue: row["notification"]),
                channel: try read(row["channel"], in: "inform_delivery") { InformDelivery.Channel(rawValue: $0) },
                address: row["address"],
                person: row["person"],
                messageID: row["message_id"],
                createdAt: row.moment("created_at")
            ),
            state: try read(row["state"], in: "inform_delivery") { InformDelivery.State(rawValue: $0) },
            attempts: row["attempts"],
            dueAt: row.moment("due_at"),
            isUncertain: row["uncertain"],
            result: row["result"],
            endedAt: row.optionalMoment("ended_at")
        )
    }
}

/// The links in mails.
extension SQLiteTransaction {
    func insertLink(_ link: InformLink) throws {
        try run(
            """
            INSERT INTO inform_link (digest, notification, person, role, organisation, expires_at, used_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                Data(link.digest), link.notification.rawValue, link.actor.name, link.actor.role.rawValue,
                link.actor.organisation, Moment(link.expiresAt), link.usedAt.map(Moment.init),
            ]
        )
    }

    func link(digest: [UInt8]) throws -> InformLink? {
        try row("SELECT * FROM inform_link WHERE digest = ?", [Data(digest)])
            .map { row in
                InformLink(
                    digest: digest,
                    notification: RenewalNotification.ID(rawValue: row["notification"]),
                    actor: Actor(
                        name: row["person"],
                        role: try read(row["role"], in: "inform_link") { Role(rawValue: $0) },
                        organisation: row["organisation"]
                    ),
                    expiresAt: row.moment("expires_at"),
                    usedAt: row.optionalMoment("used_at")
                )
            }
    }

    func useLinks(to notification: RenewalNotification.ID, for party: Party, at now: Date) throws {
        try run(
            """
            UPDATE inform_link SET used_at = ?
            WHERE notification = ? AND role = ? AND organisation = ? AND used_at IS NULL
            """,
            [Moment(now), notification.rawValue, party.role.rawValue, party.organisation]
        )
    }

    func forgetLinks(expiredBefore moment: Date) throws {
        try run("DELETE FROM inform_link WHERE expires_at < ?", [Moment(moment)])
    }
}

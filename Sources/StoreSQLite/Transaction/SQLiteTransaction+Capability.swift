import Foundation
import GRDB
import Keystore
import Renewal

extension SQLiteTransaction {
    func appendCapability(_ record: CapabilityRecord) throws {
        try run(
            "INSERT INTO capability (partner, part, standing, source, detail, actor, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                record.partner.rawValue, record.part.rawValue, record.standing.rawValue, record.source.rawValue,
                record.detail, record.actor, Moment(record.at),
            ]
        )
    }

    func capabilities(of partner: PartnerID?) throws -> [CapabilityRecord] {
        let table = "capability"
        let found =
            if let partner {
                try rows("SELECT * FROM capability WHERE partner = ? ORDER BY position", [partner.rawValue])
            } else {
                try rows("SELECT * FROM capability ORDER BY position")
            }
        return try found.map { row in
            CapabilityRecord(
                partner: try read(row["partner"], in: table) { PartnerID(rawValue: $0) },
                part: try read(row["part"], in: table) { PartnerPart(rawValue: $0) },
                standing: try read(row["standing"], in: table) { CapabilityStanding(rawValue: $0) },
                source: try read(row["source"], in: table) { CapabilityRecord.Source(rawValue: $0) },
                detail: row["detail"],
                actor: row["actor"],
                at: row.moment("at")
            )
        }
    }
}

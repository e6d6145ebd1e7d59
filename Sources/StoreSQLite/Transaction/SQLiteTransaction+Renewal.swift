import Foundation
import GRDB
import Renewal

extension SQLiteTransaction: RenewalTransaction {
    func appendJournal(_ entry: JournalEntry) throws {
        try run(
            "INSERT INTO journal (renewal, sequence, payload) VALUES (?, ?, ?)",
            [entry.renewal.rawValue, entry.sequence, entry.payload()]
        )
    }

    func journal(of renewal: RenewalID) throws -> [JournalEntry] {
        try rows("SELECT sequence, payload FROM journal WHERE renewal = ? ORDER BY sequence", [renewal.rawValue])
            .map { try JournalEntry(renewal: renewal, sequence: $0["sequence"], payload: $0["payload"]) }
    }

    func renewals() throws -> [RenewalID] {
        try rows("SELECT renewal FROM journal WHERE sequence = 1 ORDER BY position")
            .map { RenewalID(rawValue: $0["renewal"]) }
    }

    func insertNotification(_ notification: RenewalNotification) throws {
        try run(
            "INSERT INTO notification (renewal, role, organisation, payload, id) VALUES (?, ?, ?, ?, ?)",
            arguments(notification)
        )
    }

    func updateNotification(_ notification: RenewalNotification) throws {
        let changed = try run(
            "UPDATE notification SET renewal = ?, role = ?, organisation = ?, payload = ? WHERE id = ?",
            arguments(notification)
        )
        guard changed == 1 else { throw SQLiteStoreError.missing("notification \(notification.id)") }
    }

    func notification(_ id: RenewalNotification.ID) throws -> RenewalNotification? {
        try row("SELECT payload FROM notification WHERE id = ?", [id.rawValue]).map(notification)
    }

    func notifications(to addressee: Party) throws -> [RenewalNotification] {
        try rows(
            "SELECT payload FROM notification WHERE role = ? AND organisation = ? ORDER BY position",
            [addressee.role.rawValue, addressee.organisation]
        )
        .map(notification)
    }

    private func arguments(_ notification: RenewalNotification) throws -> StatementArguments {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return [
            notification.renewal.rawValue, notification.addressee.role.rawValue, notification.addressee.organisation,
            String(decoding: try encoder.encode(notification), as: UTF8.self), notification.id.rawValue,
        ]
    }

    private func notification(_ row: Row) throws -> RenewalNotification {
        let payload: String = row["payload"]
        return try JSONDecoder().decode(RenewalNotification.self, from: Data(payload.utf8))
    }
}

import GRDB
import Keystore

extension SQLiteTransaction {
    func assignments(of alias: KeyAlias) throws -> [KeyAssignment] {
        try rows("SELECT * FROM key_assignment WHERE alias = ? ORDER BY partner", [alias.rawValue]).map(assignment)
    }

    func allAssignments() throws -> [KeyAssignment] {
        try rows("SELECT * FROM key_assignment ORDER BY alias, partner").map(assignment)
    }

    func setAssignment(_ assignment: KeyAssignment) throws {
        try run(
            "INSERT OR REPLACE INTO key_assignment (alias, partner, number, manner) VALUES (?, ?, ?, ?)",
            [
                assignment.version.alias.rawValue, assignment.partner.rawValue, assignment.version.number,
                assignment.manner.rawValue,
            ]
        )
    }

    func removeAssignment(_ assignment: KeyAssignment) throws {
        try run(
            "DELETE FROM key_assignment WHERE alias = ? AND partner = ?",
            [assignment.version.alias.rawValue, assignment.partner.rawValue]
        )
    }

    private func assignment(_ row: Row) throws -> KeyAssignment {
        let table = "key_assignment"
        return KeyAssignment(
            version: KeyVersionID(
                alias: try read(row["alias"], in: table) { KeyAlias(rawValue: $0) },
                number: row["number"]
            ),
            partner: try read(row["partner"], in: table) { PartnerID(rawValue: $0) },
            manner: try read(row["manner"], in: table) { KeyAssignment.Manner(rawValue: $0) }
        )
    }
}

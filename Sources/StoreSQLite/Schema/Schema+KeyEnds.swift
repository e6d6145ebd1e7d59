import GRDB
import Keystore

extension Schema {
    /// When certificates of accepted versions and those above them end, and the audit log by action: neither is looked for in
    /// every row.
    private static let keyEndTables = """
        CREATE TABLE key_end (
            alias TEXT NOT NULL,
            number INTEGER NOT NULL,
            not_after INTEGER NOT NULL,
            is_own INTEGER NOT NULL CHECK (is_own IN (0, 1)),
            PRIMARY KEY (alias, number, not_after)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX key_end_moment ON key_end (not_after, alias, number);
        CREATE INDEX key_end_own ON key_end (not_after, alias, number) WHERE is_own = 1;
        CREATE INDEX audit_action ON audit (action);
        """

    /// Makes the table and the ends of the versions that are there.
    static func addKeyEnds(_ database: Database) throws {
        try database.execute(sql: keyEndTables)
        let transaction = SQLiteTransaction(database: database)
        for version in try transaction.allVersions() { try transaction.writeEnds(of: version) }
    }
}

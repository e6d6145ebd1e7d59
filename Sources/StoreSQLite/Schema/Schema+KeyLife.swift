import GRDB
import Keystore

extension Schema {
    /// Former certificates of keys, exports that two persons decide, and what was said about certificates that end.
    private static let keyLifeTables = """
        CREATE TABLE key_former_certificate (
            alias TEXT NOT NULL,
            number INTEGER NOT NULL,
            position INTEGER NOT NULL CHECK (position >= 0),
            der BLOB NOT NULL CHECK (length(der) > 0),
            PRIMARY KEY (alias, number, position),
            FOREIGN KEY (alias, number) REFERENCES key_version (alias, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE key_export (
            id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
            alias TEXT NOT NULL,
            number INTEGER NOT NULL,
            reason TEXT NOT NULL CHECK (length(reason) > 0),
            requested_by TEXT NOT NULL,
            requested_at INTEGER NOT NULL,
            approved_by TEXT CHECK (approved_by <> requested_by),
            approved_at INTEGER,
            collected_at INTEGER,
            CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
            CHECK (collected_at IS NULL OR approved_at IS NOT NULL),
            FOREIGN KEY (alias, number) REFERENCES key_version (alias, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER key_export_is_kept BEFORE DELETE ON key_export
        BEGIN SELECT RAISE(ABORT, 'exports are never deleted'); END;
        CREATE TRIGGER key_export_is_used_once BEFORE UPDATE ON key_export WHEN OLD.collected_at IS NOT NULL
        BEGIN SELECT RAISE(ABORT, 'an export is collected once'); END;

        CREATE TABLE key_expiry_notice (
            alias TEXT NOT NULL,
            number INTEGER NOT NULL,
            not_after INTEGER NOT NULL,
            days INTEGER NOT NULL CHECK (days >= 0),
            at INTEGER NOT NULL,
            PRIMARY KEY (alias, number, not_after, days),
            FOREIGN KEY (alias, number) REFERENCES key_version (alias, number)
        ) STRICT, WITHOUT ROWID;
        """

    /// Makes the tables, and the marks by which versions are found by their keys.
    static func addKeyLife(_ database: Database) throws {
        try database.execute(sql: keyLifeTables)
        let transaction = SQLiteTransaction(database: database)
        for version in try transaction.allVersions() { try transaction.writeMarks(of: version) }
    }
}

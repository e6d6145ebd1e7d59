import GRDB
import Keystore

extension Schema {
    /// What certificates are found by, and in which generation a version last changed: neither is looked for in every
    /// version.
    private static let keyMarkTables = """
        CREATE TABLE key_mark (
            mark BLOB NOT NULL CHECK (length(mark) = 32),
            alias TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (mark, alias, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX key_mark_version ON key_mark (alias, number);

        CREATE TABLE key_change (
            alias TEXT NOT NULL,
            number INTEGER NOT NULL,
            generation INTEGER NOT NULL,
            PRIMARY KEY (alias, number)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX key_change_generation ON key_change (generation);
        CREATE TRIGGER key_version_is_added AFTER INSERT ON key_version
        BEGIN
            INSERT INTO key_change SELECT NEW.alias, NEW.number, generation + 1 FROM keyset WHERE true
            ON CONFLICT DO UPDATE SET generation = excluded.generation;
        END;
        CREATE TRIGGER key_version_is_changed AFTER UPDATE ON key_version
        BEGIN
            INSERT INTO key_change SELECT OLD.alias, OLD.number, generation + 1 FROM keyset WHERE true
            ON CONFLICT DO UPDATE SET generation = excluded.generation;
            INSERT INTO key_change SELECT NEW.alias, NEW.number, generation + 1 FROM keyset WHERE true
            ON CONFLICT DO UPDATE SET generation = excluded.generation;
        END;
        CREATE TRIGGER key_version_is_removed AFTER DELETE ON key_version
        BEGIN
            INSERT INTO key_change SELECT OLD.alias, OLD.number, generation + 1 FROM keyset WHERE true
            ON CONFLICT DO UPDATE SET generation = excluded.generation;
        END;
        """

    /// Makes the tables and the marks of the versions that are there.
    static func addKeyMarks(_ database: Database) throws {
        try database.execute(sql: keyMarkTables)
        let transaction = SQLiteTransaction(database: database)
        for version in try transaction.allVersions() { try transaction.writeMarks(of: version) }
    }
}

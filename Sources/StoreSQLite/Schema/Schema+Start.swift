extension Schema {
    /// What a start looks at instead of every flow and every key: which documents and files this program has read before, and which keys
    /// are sealed.
    static let start = """
        ALTER TABLE flow ADD COLUMN reader TEXT;
        CREATE INDEX flow_reader ON flow (reader);
        CREATE TABLE flow_file (
            path TEXT PRIMARY KEY,
            mark TEXT NOT NULL,
            reader TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX key_version_sealed ON key_version (alias, number) WHERE sealed_private_key IS NOT NULL;
        """
}

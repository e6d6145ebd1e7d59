extension Schema {
    /// Which versions protect messages of single partners.
    static let assignment = """
        CREATE TABLE key_assignment (
            alias TEXT NOT NULL,
            partner TEXT NOT NULL CHECK (length(partner) BETWEEN 1 AND 64),
            number INTEGER NOT NULL,
            manner TEXT NOT NULL CHECK (manner IN ('instead', 'beside')),
            PRIMARY KEY (alias, partner),
            FOREIGN KEY (alias, number) REFERENCES key_version (alias, number)
        ) STRICT, WITHOUT ROWID;
        """
}

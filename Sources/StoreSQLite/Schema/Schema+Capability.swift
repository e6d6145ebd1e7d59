extension Schema {
    /// What was learned of the partners' systems, entry by entry.
    static let capability = """
        CREATE TABLE capability (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            partner TEXT NOT NULL CHECK (length(partner) BETWEEN 1 AND 64),
            part TEXT NOT NULL CHECK (part IN ('verify', 'decrypt')),
            standing TEXT NOT NULL CHECK (standing IN ('dualProven', 'dualClaimed', 'single', 'unknown')),
            source TEXT NOT NULL CHECK (source IN ('claim', 'probe', 'traffic')),
            detail TEXT NOT NULL,
            actor TEXT NOT NULL,
            at INTEGER NOT NULL,
            CHECK ((standing = 'dualProven') = (source <> 'claim'))
        ) STRICT;
        CREATE INDEX capability_partner ON capability (partner, position);
        CREATE TRIGGER capability_is_kept BEFORE DELETE ON capability
        BEGIN SELECT RAISE(ABORT, 'the capability registry is append-only'); END;
        CREATE TRIGGER capability_is_unchanged BEFORE UPDATE ON capability
        BEGIN SELECT RAISE(ABORT, 'the capability registry is append-only'); END;
        """
}

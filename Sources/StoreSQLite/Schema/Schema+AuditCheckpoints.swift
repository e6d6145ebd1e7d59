extension Schema {
    /// Signed statements of how far the audit log was, and its entries by what they are about.
    static let auditCheckpoints = """
        CREATE INDEX audit_subject ON audit (subject);
        CREATE TABLE audit_checkpoint (
            sequence INTEGER PRIMARY KEY REFERENCES audit (sequence),
            hash BLOB NOT NULL REFERENCES audit (hash),
            at INTEGER NOT NULL,
            key BLOB NOT NULL CHECK (length(key) = 32),
            signature BLOB NOT NULL CHECK (length(signature) > 0)
        ) STRICT;
        CREATE TRIGGER audit_checkpoint_is_kept BEFORE DELETE ON audit_checkpoint
        BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
        CREATE TRIGGER audit_checkpoint_is_unchanged BEFORE UPDATE ON audit_checkpoint
        BEGIN SELECT RAISE(ABORT, 'checkpoints are append-only'); END;
        """
}

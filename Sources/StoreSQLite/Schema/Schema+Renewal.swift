extension Schema {
    /// The renewals' journal and their notifications.
    static let renewal = """
        CREATE TABLE journal (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            renewal TEXT NOT NULL CHECK (length(renewal) > 0),
            sequence INTEGER NOT NULL CHECK (sequence > 0),
            payload TEXT NOT NULL,
            UNIQUE (renewal, sequence)
        ) STRICT;
        CREATE TRIGGER journal_has_no_gap BEFORE INSERT ON journal
        WHEN NEW.sequence > 1
            AND NOT EXISTS (SELECT 1 FROM journal WHERE renewal = NEW.renewal AND sequence = NEW.sequence - 1)
        BEGIN SELECT RAISE(ABORT, 'the journal entry before this one is missing'); END;
        CREATE TRIGGER journal_is_kept BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
        CREATE TRIGGER journal_is_unchanged BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

        CREATE TABLE notification (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            renewal TEXT NOT NULL,
            role TEXT NOT NULL,
            organisation TEXT NOT NULL,
            payload TEXT NOT NULL
        ) STRICT;
        CREATE INDEX notification_addressee ON notification (role, organisation);
        CREATE TRIGGER notification_is_kept BEFORE DELETE ON notification
        BEGIN SELECT RAISE(ABORT, 'notifications are never deleted'); END;
        """
}

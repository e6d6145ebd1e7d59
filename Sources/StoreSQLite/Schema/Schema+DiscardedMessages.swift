extension Schema {
    /// The state `discarded`: SQLite changes a CHECK only with its table.
    static let discardedMessages = """
        DROP TRIGGER message_is_kept;
        ALTER TABLE message RENAME TO former_message;
        DROP INDEX message_due;
        DROP INDEX message_state;
        CREATE TABLE message (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            flow TEXT NOT NULL REFERENCES flow (id),
            message_id TEXT NOT NULL,
            action TEXT,
            sealed_envelope BLOB,
            accepted_at INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            deadline INTEGER NOT NULL CHECK (deadline >= accepted_at),
            state TEXT NOT NULL
                CHECK (state IN ('waiting', 'processing', 'retry', 'held', 'completed', 'failed', 'discarded')),
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            holder TEXT,
            held_at INTEGER,
            reason TEXT,
            ended_at INTEGER,
            UNIQUE (flow, message_id),
            CHECK ((state IN ('completed', 'discarded')) = (sealed_envelope IS NULL)),
            CHECK ((state IN ('completed', 'failed', 'discarded')) = (ended_at IS NOT NULL)),
            CHECK ((state = 'processing') = (holder IS NOT NULL)),
            CHECK ((state = 'held') = (held_at IS NOT NULL)),
            CHECK (state NOT IN ('failed', 'discarded') OR reason IS NOT NULL)
        ) STRICT;
        INSERT INTO message SELECT * FROM former_message;
        DROP TABLE former_message;
        CREATE INDEX message_due ON message (due_at) WHERE state IN ('waiting', 'retry');
        CREATE INDEX message_state ON message (flow, state);
        CREATE INDEX message_ended ON message (ended_at) WHERE state IN ('completed', 'discarded');
        CREATE TRIGGER message_is_kept BEFORE DELETE ON message WHEN OLD.state NOT IN ('completed', 'discarded')
        BEGIN SELECT RAISE(ABORT, 'an accepted message is kept until it is delivered or discarded'); END;
        """
}

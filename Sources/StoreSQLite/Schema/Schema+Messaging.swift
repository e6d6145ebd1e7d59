extension Schema {
    /// Flows, the durable queue, the key-use ledger, and operations under way.
    static let messaging = """
        CREATE TABLE flow (
            id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
            path TEXT NOT NULL UNIQUE CHECK (path LIKE '/%'),
            status TEXT NOT NULL CHECK (status IN ('deployed', 'held', 'undeployed')),
            yaml TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

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
            state TEXT NOT NULL CHECK (state IN ('waiting', 'processing', 'retry', 'held', 'completed', 'failed')),
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            holder TEXT,
            held_at INTEGER,
            reason TEXT,
            ended_at INTEGER,
            UNIQUE (flow, message_id),
            CHECK ((state = 'completed') = (sealed_envelope IS NULL)),
            CHECK ((state IN ('completed', 'failed')) = (ended_at IS NOT NULL)),
            CHECK ((state = 'processing') = (holder IS NOT NULL)),
            CHECK ((state = 'held') = (held_at IS NOT NULL)),
            CHECK (state <> 'failed' OR reason IS NOT NULL)
        ) STRICT;
        CREATE INDEX message_due ON message (due_at) WHERE state IN ('waiting', 'retry');
        CREATE INDEX message_state ON message (flow, state);
        CREATE TRIGGER message_is_kept BEFORE DELETE ON message WHEN OLD.state <> 'completed'
        BEGIN SELECT RAISE(ABORT, 'an accepted message is kept until it is delivered'); END;

        CREATE TABLE key_use (
            alias TEXT NOT NULL,
            version INTEGER NOT NULL,
            purpose TEXT NOT NULL CHECK (purpose IN ('sign', 'verify', 'encrypt', 'decrypt')),
            flow TEXT NOT NULL,
            partner TEXT NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('sender', 'receiver')),
            outcome TEXT NOT NULL CHECK (outcome IN ('succeeded', 'failed', 'unanswered')),
            count INTEGER NOT NULL CHECK (count > 0),
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL CHECK (last_at >= first_at),
            PRIMARY KEY (alias, version, purpose, flow, partner, side, outcome),
            FOREIGN KEY (alias, version) REFERENCES key_version (alias, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE flow_event (
            flow TEXT NOT NULL,
            event TEXT NOT NULL CHECK (event IN
                ('arrived', 'accepted', 'refused', 'turnedAway', 'delivered', 'faulted')),
            count INTEGER NOT NULL CHECK (count > 0),
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL CHECK (last_at >= first_at),
            PRIMARY KEY (flow, event)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE open_operation (
            holder TEXT NOT NULL,
            flow TEXT NOT NULL,
            side TEXT NOT NULL CHECK (side IN ('sender', 'receiver')),
            purpose TEXT NOT NULL CHECK (purpose IN ('exchange', 'sign', 'encrypt')),
            alias TEXT NOT NULL,
            version INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count >= 0),
            PRIMARY KEY (holder, flow, side, purpose, alias, version),
            CHECK ((purpose = 'exchange') = (alias = '' AND version = 0))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX open_operation_version ON open_operation (alias, version);
        """
}

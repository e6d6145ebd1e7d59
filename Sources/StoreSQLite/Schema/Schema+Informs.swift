extension Schema {
    /// The outbox of notifications, filled by whatever stores one; their deliveries; and the links in them.
    ///
    /// Notifications of earlier programs are in the inboxes alone.
    static let informs = """
        CREATE TABLE inform_outbox (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            notification TEXT NOT NULL UNIQUE REFERENCES notification (id)
        ) STRICT;
        CREATE TRIGGER notification_goes_out AFTER INSERT ON notification
        BEGIN INSERT INTO inform_outbox (notification) VALUES (NEW.id); END;

        CREATE TABLE inform_delivery (
            position INTEGER PRIMARY KEY AUTOINCREMENT,
            notification TEXT NOT NULL REFERENCES notification (id),
            channel TEXT NOT NULL CHECK (channel IN ('mail', 'webhook')),
            address TEXT NOT NULL CHECK (length(address) > 0),
            person TEXT NOT NULL CHECK (length(person) > 0),
            message_id TEXT NOT NULL UNIQUE CHECK (length(message_id) > 0),
            created_at INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'delivered', 'undeliverable')),
            attempts INTEGER NOT NULL CHECK (attempts >= 0),
            due_at INTEGER NOT NULL,
            uncertain INTEGER NOT NULL CHECK (uncertain IN (0, 1)),
            result TEXT,
            ended_at INTEGER,
            UNIQUE (notification, channel, address, person),
            CHECK ((state IN ('delivered', 'undeliverable')) = (ended_at IS NOT NULL)),
            CHECK (state <> 'undeliverable' OR result IS NOT NULL)
        ) STRICT;
        CREATE INDEX inform_delivery_due ON inform_delivery (due_at, position) WHERE state = 'waiting';
        CREATE INDEX inform_delivery_state ON inform_delivery (state, position) WHERE state <> 'delivered';
        CREATE TRIGGER inform_delivery_is_kept BEFORE DELETE ON inform_delivery
        BEGIN SELECT RAISE(ABORT, 'deliveries of informs are never deleted'); END;

        CREATE TABLE inform_link (
            digest BLOB PRIMARY KEY CHECK (length(digest) = 32),
            notification TEXT NOT NULL REFERENCES notification (id),
            person TEXT NOT NULL,
            role TEXT NOT NULL,
            organisation TEXT NOT NULL,
            expires_at INTEGER NOT NULL,
            used_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX inform_link_notification ON inform_link (notification);
        CREATE INDEX inform_link_expiry ON inform_link (expires_at);
        """
}

extension Schema {
    /// The message log.
    ///
    /// The key versions of an exchange are one of few combinations, kept once each.
    static let exchangeLog = """
        CREATE TABLE exchange_keys (
            id INTEGER PRIMARY KEY,
            keys TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE exchange_key (
            alias TEXT NOT NULL,
            version INTEGER NOT NULL CHECK (version > 0),
            keys INTEGER NOT NULL REFERENCES exchange_keys (id),
            PRIMARY KEY (alias, version, keys)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE exchange (
            sequence INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL CHECK (length(id) > 0),
            message_id TEXT,
            flow TEXT NOT NULL,
            direction TEXT NOT NULL CHECK (direction IN ('inbound', 'outbound')),
            status TEXT NOT NULL CHECK (status IN
                ('completed', 'accepted', 'duplicate', 'refused', 'faulted', 'retry', 'failed')),
            started_at INTEGER NOT NULL,
            duration INTEGER NOT NULL CHECK (duration >= 0),
            keys INTEGER REFERENCES exchange_keys (id),
            fault TEXT,
            reason TEXT,
            trace TEXT NOT NULL CHECK (length(trace) = 32)
        ) STRICT;
        CREATE INDEX exchange_id ON exchange (id);
        CREATE INDEX exchange_message ON exchange (message_id) WHERE message_id IS NOT NULL;
        CREATE INDEX exchange_trace ON exchange (trace);
        CREATE INDEX exchange_flow ON exchange (flow);
        CREATE INDEX exchange_keys_used ON exchange (keys);
        CREATE INDEX exchange_start ON exchange (started_at);
        CREATE INDEX exchange_trouble ON exchange (status) WHERE status NOT IN ('completed', 'accepted');
        """
}

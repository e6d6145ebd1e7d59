extension Schema {
    /// What is remembered of accepted messages, counted by flow; and the flow events that tell repetitions.
    static let replays = """
        CREATE TABLE replay_mark (
            mark BLOB PRIMARY KEY CHECK (length(mark) = 32),
            flow TEXT NOT NULL,
            message TEXT,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX replay_mark_expiry ON replay_mark (expires_at);

        CREATE TABLE replay_mark_count (
            flow TEXT PRIMARY KEY,
            count INTEGER NOT NULL CHECK (count >= 0)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER replay_mark_counts_in AFTER INSERT ON replay_mark
        BEGIN
            INSERT INTO replay_mark_count (flow, count) VALUES (NEW.flow, 1) ON CONFLICT DO UPDATE SET count = count + 1;
        END;
        CREATE TRIGGER replay_mark_counts_out AFTER DELETE ON replay_mark
        BEGIN
            UPDATE replay_mark_count SET count = count - 1 WHERE flow = OLD.flow;
        END;
        CREATE TRIGGER replay_mark_is_unchanged BEFORE UPDATE ON replay_mark
        BEGIN SELECT RAISE(ABORT, 'what was accepted is not changed afterwards'); END;

        ALTER TABLE flow_event RENAME TO former_flow_event;
        CREATE TABLE flow_event (
            flow TEXT NOT NULL,
            event TEXT NOT NULL CHECK (event IN
                ('arrived', 'accepted', 'refused', 'replayed', 'duplicate', 'turnedAway', 'delivered', 'faulted')),
            count INTEGER NOT NULL CHECK (count > 0),
            first_at INTEGER NOT NULL,
            last_at INTEGER NOT NULL CHECK (last_at >= first_at),
            PRIMARY KEY (flow, event)
        ) STRICT, WITHOUT ROWID;
        INSERT INTO flow_event SELECT * FROM former_flow_event;
        DROP TABLE former_flow_event;
        """
}

extension Schema {
    /// Ordered flows, indexes by flow for the delivery, and what each flow stores in an hour.
    static let deliveries = """
        ALTER TABLE flow ADD COLUMN ordered INTEGER NOT NULL DEFAULT 0 CHECK (ordered IN (0, 1));

        DROP INDEX message_due;
        DROP INDEX message_state;
        CREATE INDEX message_due ON message (flow, due_at, sequence) WHERE state IN ('waiting', 'retry');
        CREATE INDEX message_open ON message (flow, state, sequence) WHERE state NOT IN ('completed', 'discarded');

        CREATE TABLE flow_intake (
            flow TEXT NOT NULL,
            hour INTEGER NOT NULL,
            count INTEGER NOT NULL CHECK (count > 0),
            octets INTEGER NOT NULL CHECK (octets >= 0),
            PRIMARY KEY (flow, hour)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER message_is_counted AFTER INSERT ON message WHEN NEW.sealed_envelope IS NOT NULL
        BEGIN
            INSERT INTO flow_intake (flow, hour, count, octets)
            VALUES (NEW.flow, NEW.accepted_at / 3600000000, 1, length(NEW.sealed_envelope))
            ON CONFLICT DO UPDATE SET count = count + 1, octets = octets + excluded.octets;
        END;
        """
}

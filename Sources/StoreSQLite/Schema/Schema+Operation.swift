extension Schema {
    /// The trace that a stored message belongs to: `traceparent`, a line end, `tracestate`.
    static let messageTrace = "ALTER TABLE message ADD COLUMN trace TEXT"

    /// One row that is written to prove that the store takes writes.
    static let heartbeat = """
        CREATE TABLE heartbeat (
            only INTEGER PRIMARY KEY CHECK (only = 1),
            beat INTEGER NOT NULL CHECK (beat > 0),
            at INTEGER NOT NULL
        ) STRICT;
        """
}

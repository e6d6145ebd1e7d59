extension Schema {
    /// Messages that are kept with their content for a while, sealed; and the orders to do so.
    static let captures = """
        CREATE TABLE capture (
            flow TEXT PRIMARY KEY,
            started_at INTEGER NOT NULL,
            until INTEGER NOT NULL CHECK (until >= started_at),
            exchange_limit INTEGER NOT NULL CHECK (exchange_limit > 0),
            exchange_count INTEGER NOT NULL CHECK (exchange_count BETWEEN 0 AND exchange_limit),
            actor TEXT NOT NULL CHECK (length(actor) > 0),
            ended_at INTEGER,
            ending TEXT CHECK (ending IN ('time', 'exchanges', 'space', 'failure', 'stopped')),
            CHECK ((ended_at IS NULL) = (ending IS NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE captured_message (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            flow TEXT NOT NULL,
            exchange TEXT NOT NULL CHECK (length(exchange) > 0),
            stage TEXT NOT NULL CHECK (stage IN
                ('requestReceived', 'requestSent', 'answerReceived', 'answerSent')),
            at INTEGER NOT NULL,
            status INTEGER,
            octet_count INTEGER NOT NULL CHECK (octet_count >= 0),
            sealed BLOB NOT NULL CHECK (length(sealed) > 0),
            UNIQUE (exchange, stage)
        ) STRICT;
        CREATE INDEX captured_message_flow ON captured_message (flow);
        CREATE INDEX captured_message_age ON captured_message (at);
        """
}

import GRDB

/// One transaction: what keystore, messaging and renewal do through it commits together or not at all.
struct SQLiteTransaction {
    let database: Database

    /// Runs one statement that changes rows; returns how many it changed.
    @discardableResult
    func run(_ sql: String, _ arguments: StatementArguments) throws -> Int {
        let statement = try database.cachedStatement(sql: sql)
        try statement.execute(arguments: arguments)
        return database.changesCount
    }

    /// The rows that a query finds.
    func rows(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> [Row] {
        try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first row that a query finds.
    func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
        try Row.fetchOne(database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// The number that a query gives; 0 when it gives none.
    func number(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Int {
        try Int.fetchOne(database.cachedStatement(sql: sql), arguments: arguments) ?? 0
    }

    /// The value of a text that only this program writes.
    func read<Value>(_ text: String, in table: String, as make: (String) throws -> Value?) throws -> Value {
        guard let value = try? make(text) else { throw SQLiteStoreError.unreadable(table: table, row: text) }
        return value
    }
}

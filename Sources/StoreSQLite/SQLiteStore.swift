import Foundation
import GRDB
package import Keystore
package import Messaging
package import Renewal

/// The store in one SQLite file: keystore, messaging and renewal facts, in one transaction when a decision needs them.
///
/// Write-ahead log with `synchronous = FULL`: what a transaction committed survives a kill and a power cut. Writes are
/// one after the other on a thread of their own; reads run beside them on a consistent state.
package final class SQLiteStore: Sendable {
    private let pool: DatabasePool
    private let writer: SQLiteWriter
    /// Where the file is.
    let folder: String

    /// Opens the file at `path`, makes it (readable by its owner alone) when it is missing, and brings its schema up to
    /// date.
    package init(path: String) throws {
        if !FileManager.default.fileExists(atPath: path) {
            guard FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw SQLiteStoreError.cannotCreate(path: path) }
        }
        var configuration = Configuration()
        configuration.label = "store"
        configuration.maximumReaderCount = 4
        configuration.busyMode = .timeout(5)
        pool = try DatabasePool(path: path, configuration: configuration)
        folder = URL(filePath: path).absoluteURL.deletingLastPathComponent().path
        let settings = Self.settings(logPageCount: Self.logPageCount(in: folder))
        try pool.writeWithoutTransaction { try $0.execute(sql: settings) }
        let migrations = Schema.migrations
        guard try pool.read({ try !migrations.hasBeenSuperseded($0) }) else {
            throw SQLiteStoreError.fromNewerProgram(path: path)
        }
        try migrations.migrate(pool)
        writer = SQLiteWriter(pool: pool)
    }

    /// The connections that read.
    var reader: some DatabaseReader { pool }

    /// Every commit is synced; the log is copied into the file, which costs two more syncs, every so many pages.
    private static func settings(logPageCount: Int) -> String {
        """
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = \(logPageCount);
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -32768;
        """
    }

    /// 32 MB, and less on a disk below 2 GB: a log that fills the disk before it is copied would never be.
    private static func logPageCount(in folder: String) -> Int {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
        guard let size = attributes?[.systemSize] as? NSNumber else { return 8192 }
        return min(max(size.intValue / 64 / 4096, 256), 8192)
    }

    /// Closes the file; every later use is an error.
    package func close() throws {
        try pool.close()
    }

    /// SQLite's `synchronous` level of the writing connection: 2 is FULL.
    package func synchronousLevel() async throws -> Int {
        try await transact { try $0.number("PRAGMA synchronous") }
    }

    private func transact<Result: Sendable>(
        _ body: @Sendable (SQLiteTransaction) throws -> Result
    ) async throws -> Result {
        try await writer.write(body)
    }

    private func look<Result: Sendable>(
        _ body: @Sendable (SQLiteTransaction) throws -> Result
    ) async throws -> Result {
        try await pool.read { try body(SQLiteTransaction(database: $0)) }
    }
}

extension SQLiteStore: KeystoreStore {
    package func write<Result: Sendable>(
        _ body: @escaping @Sendable (any KeystoreTransaction) throws -> Result
    ) async throws -> Result {
        try await transact { try body($0) }
    }

    package func read<Result: Sendable>(
        _ body: @escaping @Sendable (any KeystoreTransaction) throws -> Result
    ) async throws -> Result {
        try await look { try body($0) }
    }
}

extension SQLiteStore: MessagingStore {
    package func write<Result: Sendable>(
        _ body: @Sendable (any MessagingTransaction) throws -> Result
    ) async throws -> Result {
        try await transact { try body($0) }
    }

    package func read<Result: Sendable>(
        _ body: @Sendable (any MessagingTransaction) throws -> Result
    ) async throws -> Result {
        try await look { try body($0) }
    }
}

extension SQLiteStore: RenewalStore {
    package func write<Result: Sendable>(
        _ body: @Sendable (any RenewalTransaction) throws -> Result
    ) async throws -> Result {
        try await transact { try body($0) }
    }

    package func read<Result: Sendable>(
        _ body: @Sendable (any RenewalTransaction) throws -> Result
    ) async throws -> Result {
        try await look { try body($0) }
    }
}

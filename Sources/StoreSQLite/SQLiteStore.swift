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
    let checkpoints: Checkpoints
    /// Where the file is.
    let folder: String

    /// Opens the file at `path`, makes it (readable by its owner alone) when it is missing, and brings its schema up to
    /// date.
    package convenience init(path: String) throws {
        try self.init(path: path, logPageLimit: nil)
    }

    /// As ``init(path:)``; the write-ahead log is copied into the file whenever it has `logPageLimit` pages, `nil` for as
    /// many as suit the disk.
    init(path: String, logPageLimit: Int?) throws {
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
        try pool.writeWithoutTransaction { try $0.execute(sql: Self.settings) }
        let migrations = Schema.migrations
        guard try pool.read({ try !migrations.hasBeenSuperseded($0) }) else {
            throw SQLiteStoreError.fromNewerProgram(path: path)
        }
        try migrations.migrate(pool)
        checkpoints = try Checkpoints(path: path, of: pool, pageLimit: logPageLimit ?? Self.logPageLimit(in: folder))
        writer = SQLiteWriter(pool: pool, checkpoints: checkpoints)
    }

    /// The connections that read.
    var reader: some DatabaseReader { pool }

    /// Every commit is synced; ``Checkpoints`` copies the log into the file.
    private static let settings = """
        PRAGMA synchronous = FULL;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -32768;
        """

    /// 16 MB, and less on a disk below 1 GB: a log that fills the disk before it is copied would never be.
    private static func logPageLimit(in folder: String) -> Int {
        let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
        guard let size = attributes?[.systemSize] as? NSNumber else { return 4096 }
        return min(max(size.intValue / 64 / 4096, 256), 4096)
    }

    /// Closes the file; every later use is an error.
    package func close() throws {
        try checkpoints.close()
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

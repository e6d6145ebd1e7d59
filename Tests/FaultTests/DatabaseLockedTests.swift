import Foundation
import GRDB
import Testing

@Suite("A store that another process has locked", .serialized)
struct DatabaseLockedTests {
    /// Longer than the tenant waits for a lock.
    private static let lockDuration = Duration.seconds(7)

    @Test("While another process holds the write lock nothing is lost, and afterwards everything goes on by itself")
    func lock() async throws {
        try await FaultWorld.run { world in
            try await world.disturb {
                try await wait(for: "traffic") { world.journal.state.accepted.count > 5 }
                try await Self.lock(world.folder)
                let before = world.journal.state.accepted.count
                try await wait(for: "messages to be accepted again") { world.journal.state.accepted.count > before + 5 }
            }
        }
    }

    private static func lock(_ folder: URL) async throws {
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let path = folder.appending(path: "tenant.sqlite").path
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try await wait(for: "the lock") {
            do {
                try await database.writeWithoutTransaction { try $0.execute(sql: "BEGIN EXCLUSIVE") }
                return true
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                return false
            }
        }
        try await Task.sleep(for: lockDuration)
        try await database.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
        try database.close()
    }
}

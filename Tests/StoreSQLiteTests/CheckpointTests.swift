import Foundation
import Keystore
import Messaging
import Testing

@testable import StoreSQLite

@Suite("The write-ahead log is copied into the file while commits go on")
struct CheckpointTests {
    private static let detail = String(repeating: "x", count: 8000)

    private static func commit(_ number: Int, to store: any MessagingStore) async throws {
        try await store.write { transaction in
            try transaction.audit(
                at: Date(timeIntervalSince1970: Double(number)),
                actor: "test",
                action: "test.write",
                subject: "\(number)",
                detail: detail
            )
        }
    }

    @Test("It begins anew again and again, and nothing is lost")
    func beginsAnew() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "store.sqlite").path
        let store = try SQLiteStore(path: path, logPageLimit: 64)
        var (beginnings, former, count) = (0, 0, 0)
        while beginnings < 5, count < 3000 {
            try await Self.commit(count, to: store)
            count += 1
            let pages = store.checkpoints.pageCount
            if pages < former { beginnings += 1 }
            former = pages
        }
        #expect(beginnings == 5, "after \(count) commits")
        try store.close()
        let reopened: any KeystoreStore = try SQLiteStore(path: path)
        let expected = count
        #expect(try await reopened.read { try $0.auditEntries(after: 0, limit: .max).count } == expected)
    }
}

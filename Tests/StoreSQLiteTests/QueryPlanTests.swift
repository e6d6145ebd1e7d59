import Foundation
import GRDB
import Keystore
import Messaging
import Renewal
import Synchronization
import Testing

@testable import StoreSQLite

@Suite("What is asked about one key, flow or partner goes by an index, however many there are")
struct QueryPlanTests {
    struct Question: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let ask: @Sendable (SQLiteTransaction) throws -> Void

        init(_ name: String, _ ask: @escaping @Sendable (SQLiteTransaction) throws -> Void) {
            (testDescription, self.ask) = (name, ask)
        }
    }

    @Test("No row of others is read", arguments: questions)
    func readsNoOthers(question: Question) throws {
        try withStore { store in
            let asked = Mutex<[String]>([])
            let plans = try store.reader.read { database in
                database.trace { event in asked.withLock { $0.append("\(event)") } }
                try question.ask(SQLiteTransaction(database: database))
                database.trace(options: [])
                let questions = asked.withLock { $0 }.filter { !$0.contains("sqlite_master") }
                return try questions.map { try Self.plan(of: $0, in: database) }
            }
            #expect(!plans.isEmpty)
            // An index read from end to end is a scan too.
            #expect(plans.joined().filter { $0.hasPrefix("SCAN") } == [])
        }
    }

    private static func plan(of sql: String, in database: Database) throws -> [String] {
        let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN \(sql)")
        statement.setUncheckedArguments([])
        return try Row.fetchAll(statement).map { $0["detail"] }
    }

    private static var questions: [Question] {
        [
            Question("what a key was used for") { _ = try $0.keyUseCounters(of: KeyAlias("a")) },
            Question("the versions of a key") { _ = try $0.versions(of: KeyAlias("a")) },
            Question("what a key is called now") { _ = try $0.presentAlias(of: KeyAlias("a")) },
            Question("which renewal holds a key") { _ = try $0.renewals(.holding(KeyAlias("a"))) },
            Question("which renewals are under way with a partner") { transaction in
                var query = RenewalQuery()
                query.partner = try PartnerID("p")
                query.statuses = [.running, .blocked]
                _ = try transaction.renewals(query)
            },
            Question("the keys of an alias, unread") { transaction in
                let alias = try KeyAlias("a")
                _ = try transaction.storedVersions(of: alias...alias)
            },
            Question("the first sealed keys") { _ = try $0.sealedVersions(after: nil, limit: 2) },
            Question("a page of aliases") { _ = try $0.aliases(after: KeyAlias("a"), limit: 2) },
            Question("the flow at a path") { _ = try $0.storedFlow(path: "/in/a") },
            Question("a page of flows") { _ = try $0.storedFlows(after: "a", limit: 2) },
            Question("the documents that were not read") { _ = try $0.storedFlows(unreadBy: "build") },
            Question("what a partner's systems can do") { _ = try $0.capabilities(of: PartnerID("p")) },
        ]
    }

    private func withStore(_ body: (SQLiteStore) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(try SQLiteStore(path: folder.appending(path: "store.sqlite").path))
    }
}

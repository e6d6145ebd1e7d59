import Foundation
import GRDB
import Keystore
import Renewal
import Testing

@testable import StoreSQLite

@Suite("A file of an earlier program is brought up to date with what it holds")
struct MigrationTests {
    private static let now = Date(timeIntervalSince1970: 1_798_761_600)
    private static let id = RenewalID(rawValue: "orders-sign-1")

    @Test("The alerts of renewals that were under way are counted")
    func countsAlerts() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "store.sqlite").path
        try await Self.beginRenewal(path)
        let queue = try DatabaseQueue(path: path)
        try await queue.write { database in
            try database.execute(sql: "DROP TABLE renewal_alert")
            try database.execute(sql: "DELETE FROM grdb_migrations WHERE identifier = '21 renewal alerts'")
        }
        try queue.close()
        let store: any RenewalStore = try SQLiteStore(path: path)
        #expect(try await store.read { try $0.alertCounts() } == [.overdueStep: 2])
    }

    /// A renewal with an overdue step.
    private static func beginRenewal(_ path: String) async throws {
        let (alias, partner) = (try KeyAlias("orders-sign"), try PartnerID("receiver-one"))
        let plan = try RenewalPlanner(tenant: "tenant", settings: RenewalSettings())
            .plan(
                .init(version: KeyVersionID(alias: alias, number: 1), owner: .tenant, notAfter: nil),
                usages: [KeyUsage(alias: alias, purpose: .sign, flow: "orders", side: .outbound, partner: partner)],
                capabilities: [PartnerCapability(partner: partner, keys: .dual)]
            )
        guard let step = plan.steps.first?.id else { return }
        let events: [RenewalEvent] = [
            .planned(plan: plan), .started(unguarded: false), .becameOverdue(step: step), .becameOverdue(step: step),
        ]
        let actor = Actor(name: "one", role: .tenantAdministrator, organisation: "tenant")
        let journal = events.enumerated()
            .map { JournalEntry(renewal: id, sequence: $0 + 1, at: now, actor: actor, event: $1) }
        let store: any RenewalStore & Sendable = try SQLiteStore(path: path)
        try await store.write { transaction in
            for entry in journal { try transaction.appendJournal(entry) }
            let state = try RenewalState(folding: journal, of: id)
            try transaction.save(RenewalStanding(state, look: NextLook(at: now)))
        }
    }
}

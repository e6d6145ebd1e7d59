import Foundation
import Keystore
import Renewal
import StoreSQLite
import Synchronization
import TestSupport
import Testing
import WSSecurity

@testable import Messaging

@Suite struct KeyUseLedgerTests {
    @Test func `A version is an open operation while its message is under way, and not after`() async throws {
        try await World.run { world in
            try await world.deploy()
            let latch = Latch()
            world.receiver.hold(until: latch)
            let version = KeyVersionID(alias: try KeyAlias("tenant-sign"), number: 1)
            let renewal: any RenewalStore = world.store
            async let reply = world.send("one")
            _ = await world.receiver.next()
            let during = try await renewal.read { transaction in
                try (transaction.openOperations(with: version), transaction.openOperations(on: "orders"))
            }
            #expect(during == (1, 1))
            latch.open()
            #expect(try await reply.status == 200)
            try await world.runtime.flushLedger()
            let after = try await renewal.read { transaction in
                try (transaction.openOperations(with: version), transaction.openOperations(on: "orders"))
            }
            #expect(after == (0, 0))
        }
    }

    @Test func `A use is of the moment at which the message was protected, however late the answer is`() async throws {
        try await World.run { world in
            try await world.deploy()
            let latch = Latch()
            world.receiver.hold(until: latch)
            let moment = world.clock.now
            async let reply = world.send("one")
            _ = await world.receiver.next()
            world.clock.advance(by: .seconds(5))
            latch.open()
            #expect(try await reply.status == 200)
            let rows = try await world.runtime.keyUses(of: KeyAlias("tenant-sign"))
            #expect(rows.map(\.tally.lastAt) == [moment])
        }
    }

    @Test func `An old snapshot cannot begin with a version that is no longer active`() async throws {
        try await World.run { world in
            let (old, new) = try await world.exchange("tenant-sign")
            let ledger = KeyUseLedger(store: world.store, holder: "test")
            #expect(try await !ledger.begin([try Self.operation(old)]))
            #expect(try await ledger.begin([try Self.operation(new)]))
        }
    }

    @Test func `A guard that finds no open operation is never followed by a use of the old version`() async throws {
        try await World.run { world in
            let ledger = KeyUseLedger(store: world.store, holder: "test")
            let watch = Watch()
            let alias = try KeyAlias("tenant-sign")
            let old = KeyVersionID(alias: alias, number: 1)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await Self.use(alias, in: world, ledger, watch) }
                }
                while watch.count(old) < 200 { await Task.yield() }
                let (_, new) = try await world.exchange("tenant-sign")
                // The snapshot is left old on purpose: even then a guard must not be deceived.
                while try await !Self.isUnused(old, in: world, ledger) {}
                watch.prove(old)
                try await world.keyring.refresh()
                while watch.count(new) < 200 { await Task.yield() }
                watch.stop()
                try await group.waitForAll()
            }
            #expect(watch.usesAfterProof == 0)
        }
    }

    @Test func `A refused write is repeated with the next one, and counts once`() async throws {
        try await World.run { world in
            let ledger = KeyUseLedger(store: world.store, holder: "test")
            let unknown = KeyVersionID(alias: try KeyAlias("later"), number: 1)
            ledger.record(KeyUse(account: try Self.account(unknown), at: world.clock.now))
            await #expect(throws: (any Error).self) { try await ledger.flush() }
            try await world.create(unknown.alias)
            try await ledger.flush()
            try await ledger.flush()
            let rows = try await world.runtime.keyUses(of: unknown.alias)
            #expect(rows.map(\.tally.count) == [1])
        }
    }

    @Test func `A use that ended is not kept open by a write that was refused`() async throws {
        try await World.run { world in
            let ledger = KeyUseLedger(store: world.store, holder: "test")
            let version = KeyVersionID(alias: try KeyAlias("tenant-sign"), number: 1)
            #expect(try await ledger.begin([try Self.operation(version)]))
            let unknown = KeyVersionID(alias: try KeyAlias("later"), number: 1)
            ledger.end([try Self.operation(version)])
            ledger.record(KeyUse(account: try Self.account(unknown), at: world.clock.now))
            await #expect(throws: (any Error).self) { try await ledger.flush() }
            try await world.create(unknown.alias)
            #expect(try await Self.isUnused(version, in: world, ledger))
        }
    }

    /// Uses the active version of the snapshot over and over until the watch is stopped.
    private static func use(_ alias: KeyAlias, in world: World, _ ledger: KeyUseLedger, _ watch: Watch) async throws {
        while !watch.isStopped {
            let id = try world.keyring.snapshot.signingCredential(alias, at: world.clock.now).id
            guard try await ledger.begin([operation(id)]) else { continue }
            watch.saw(id)
            await Task.yield()
            ledger.end([try operation(id)])
        }
    }

    private static func isUnused(
        _ version: KeyVersionID,
        in world: World,
        _ ledger: KeyUseLedger
    ) async throws -> Bool {
        try await ledger.flush()
        let renewal: any RenewalStore = world.store
        return try await renewal.write { try $0.openOperations(with: version) == 0 }
    }

    private static func operation(_ version: KeyVersionID) throws -> OpenOperation {
        OpenOperation(
            flow: try Self.flow(),
            side: .receiver,
            protection: OpenOperation.Protection(version: version, purpose: .sign)
        )
    }

    private static func account(_ version: KeyVersionID) throws -> KeyUse.Account {
        KeyUse.Account(
            version: version,
            purpose: .sign,
            flow: try flow(),
            partner: try PartnerID("receiver-one"),
            side: .receiver,
            outcome: .succeeded
        )
    }

    private static func flow() throws -> FlowID {
        try #require(FlowID(rawValue: "orders"))
    }
}

extension World {
    /// Creates a key pair, without telling the keyring.
    fileprivate func create(_ alias: KeyAlias) async throws {
        let keystore: any KeystoreStore = store
        let masterKey = masterKey
        try await keystore.write { transaction in
            _ = try KeyOperations(transaction: transaction, masterKey: masterKey, now: PartnerKeys.now, actor: "test")
                .create(alias: alias, kind: .p256, subject: "CN=later", validity: .seconds(86_400))
        }
    }
}

/// Counts uses, and those of a version that had been proven unused.
private final class Watch: Sendable {
    private struct State {
        var counts: [KeyVersionID: Int] = [:]
        var proven: KeyVersionID?
        var usesAfterProof = 0
        var isStopped = false
    }

    private let state = Mutex(State())

    var usesAfterProof: Int { state.withLock { $0.usesAfterProof } }
    var isStopped: Bool { state.withLock { $0.isStopped } }

    func count(_ version: KeyVersionID) -> Int { state.withLock { $0.counts[version] ?? 0 } }
    func prove(_ version: KeyVersionID) { state.withLock { $0.proven = version } }
    func stop() { state.withLock { $0.isStopped = true } }

    func saw(_ version: KeyVersionID) {
        state.withLock { state in
            state.counts[version, default: 0] += 1
            if state.proven == version { state.usesAfterProof += 1 }
        }
    }
}

import Foundation
import Keystore
import Messaging
import Synchronization
import TestSupport
import Testing

/// A key gets another name while flows use it.
@Suite struct RenamingTests {
    @Test func `A hundred requests and more lose nothing while keys of their flow are renamed back and forth`()
        async throws
    {
        try await World.run { world in
            world.receiver.set(.confirm)
            let flow = try await world.deploy()
            let pairs = [
                ("tenant-sign", "sales-sign"), ("tenant-decrypt", "sales-decrypt"), ("sender-sign", "contoso-sign"),
                ("receiver-encrypt", "northwind-encrypt"),
            ]
            let statuses = try await world.sending {
                for _ in 0..<4 {
                    for (former, name) in pairs {
                        try await world.rename(former, to: name)
                        try await world.progress()
                        try await world.rename(name, to: former)
                        try await world.progress()
                    }
                }
                for (former, name) in pairs { try await world.rename(former, to: name) }
                try await world.progress()
            }
            #expect(statuses == [200])
            let arrivals = world.receiver.arrivals.compactMap(\.messageID)
            #expect(arrivals.count >= 33 && Set(arrivals).count == arrivals.count)
            let document = try #require(world.runtime.flow(flow.id)?.flow.yaml)
            #expect(document == pairs.reduce(flow.yaml) { $0.replacing($1.0, with: $1.1) })
            #expect(try await world.store.record(flow.id)?.flow.yaml == document)
            for (former, name) in pairs {
                #expect(try await world.runtime.keyUses(of: KeyAlias(former)).isEmpty)
                let counters = try await world.runtime.keyUses(of: KeyAlias(name))
                let taken = counters.filter { $0.account.outcome == .succeeded }.map(\.tally.count).reduce(0, +)
                #expect(taken >= arrivals.count, "\(name)")
            }
        }
    }

    @Test func `A key that a flow or a listener names is not renamed by itself, and nothing changes`() async throws {
        var configuration = RuntimeConfiguration()
        configuration.listenerKeys = ["messages": try KeyAlias("tenant-reply-sign")]
        try await World.run(configuration: configuration) { world in
            let flow = try await world.deploy()
            let (alias, taken) = try (KeyAlias("tenant-sign"), KeyAlias("sender-sign"))
            let listener = try KeyAlias("tenant-reply-sign")
            await #expect(throws: KeyRenameError.namedByFlows(alias, [flow.id])) {
                try await world.rename("tenant-sign", to: "x", withFlows: false)
            }
            await #expect(throws: KeyRenameError.namedByListener(listener, "messages")) {
                try await world.rename("tenant-reply-sign", to: "x")
            }
            await #expect(throws: KeystoreError.nameTaken(taken)) {
                try await world.rename("tenant-sign", to: "sender-sign")
            }
            #expect(world.runtime.flow(flow.id)?.flow == flow)
            #expect(try await world.store.record(flow.id)?.flow == flow)
            #expect(try await world.send("one").status == 200)
        }
    }

    @Test func `Comments, quotes and lists stay; names in other places stay; a flow that stands still stays so`()
        async throws
    {
        try await World.run { world in
            let yaml = try Fixtures.flow(url: world.url).yaml
                .replacing("id: orders", with: "id: tenant-sign # die Schlüssel: tenant-sign")
                .replacing("sign: tenant-sign,", with: "sign: \"tenant-sign\",")
                .replacing("tenant-reply-sign", with: "'tenant-sign'")
            let flow = try IntegrationFlow(yaml: yaml)
            try await world.runtime.deploy(flow)
            _ = try await world.runtime.hold(flow.id)
            #expect(try await world.rename("tenant-sign", to: "s") == [flow.id])
            let renamed = try #require(world.runtime.flow(flow.id))
            #expect(renamed.status == .held)
            #expect(
                renamed.flow.yaml
                    == yaml.replacing("\"tenant-sign\"", with: "\"s\"").replacing("'tenant-sign'", with: "'s'")
            )
        }
    }

    @Test func `A document that names a key by an anchor is for a person to change`() async throws {
        try await World.run { world in
            let yaml = try Fixtures.flow(url: world.url).yaml
                .replacing("sign: tenant-sign,", with: "sign: *key ,")
                .replacing("tenant-reply-sign", with: "&key tenant-sign")
            let flow = try IntegrationFlow(yaml: yaml)
            try await world.runtime.deploy(flow)
            let alias = try KeyAlias("tenant-sign")
            await #expect(throws: KeyRenameError.unclearDocument(alias, flow.id)) {
                try await world.rename("tenant-sign", to: "s")
            }
        }
    }

    @Test func `A document that still has the former name is not deployed`() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            try await world.rename("tenant-sign", to: "sales-sign")
            let (former, name) = try (KeyAlias("tenant-sign"), KeyAlias("sales-sign"))
            await #expect(throws: DeploymentError.renamedKey(former, now: name, in: flow.id)) {
                try await world.runtime.deploy(flow)
            }
        }
    }
}

extension World {
    @discardableResult
    fileprivate func rename(_ alias: String, to name: String, withFlows: Bool = true) async throws -> [FlowID] {
        let (alias, name, masterKey, now) = try (KeyAlias(alias), KeyAlias(name), masterKey, clock.now)
        return try await runtime.rename(
            KeyRename(alias, to: name, changesFlows: withFlows) { transaction, flows in
                try KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
                    .rename(alias, to: name, flows: flows.map(\.rawValue))
            }
        )
    }

    /// Waits for another message at the receiver.
    fileprivate func progress() async throws {
        let count = receiver.arrivals.count
        while receiver.arrivals.count == count { await Task.yield() }
    }

    /// Runs `body` while four senders send without a pause; returns the statuses that they got.
    fileprivate func sending(_ body: () async throws -> Void) async throws -> Set<Int> {
        let end = End()
        return try await withThrowingTaskGroup(of: Set<Int>.self, returning: Set<Int>.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    var statuses: Set<Int> = []
                    var number = 0
                    while !end.isReached {
                        statuses.insert(try await self.send("\(worker)-\(number)").status)
                        number += 1
                    }
                    return statuses
                }
            }
            defer { end.reach() }
            try await body()
            end.reach()
            return try await group.reduce(into: []) { $0.formUnion($1) }
        }
    }
}

extension MessagingStore {
    fileprivate func record(_ flow: FlowID) async throws -> FlowRecord? { try await read { try $0.flowRecord(flow) } }
}

/// What senders look at to know when to stop.
private final class End: Sendable {
    private let state = Mutex(false)

    var isReached: Bool { state.withLock { $0 } }

    func reach() { state.withLock { $0 = true } }
}

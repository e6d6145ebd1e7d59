import Foundation
import GRDB
import Keystore
import StoreSQLite
import TestSupport
import Testing

@testable import Messaging

/// A start that reads what is needed for the first message, and the rest beside the traffic.
@Suite struct ReadingTests {
    private static func behind(_ reader: String = "build 1") -> RuntimeConfiguration {
        var configuration = RuntimeConfiguration()
        configuration.documentReader = reader
        return configuration
    }

    /// Deploys `orders` and `others`, and lets a start of "build 1" read both.
    private func prepare(_ world: World, pattern: FlowPattern = .requestReply) async throws {
        try await world.deploy(pattern: pattern)
        try await world.runtime.deploy(Fixtures.flow("others", pattern: pattern, url: world.url))
        try await world.restarted(configuration: Self.behind(), isRunning: false) { runtime in
            #expect(runtime.flows().count == 2)
        }
    }

    @Test func `A message is answered by its flow and with its keys before anything else is read`() async throws {
        try await World.run(isRunning: false) { world in
            world.receiver.set(.confirm)
            try await prepare(world)
            try await world.restarted(configuration: Self.behind(), isRunning: false) { runtime in
                #expect(runtime.flows().isEmpty && runtime.context.keyring.snapshot.allAliases.isEmpty)
                let reply = try await world.send("one", on: runtime)
                #expect(reply.status == 200)
                _ = try world.open(reply)
                #expect(runtime.flows().map(\.flow.id.rawValue) == ["orders"])
                let aliases = runtime.context.keyring.snapshot.allAliases.map(\.rawValue)
                #expect(aliases.contains("tenant-sign") && !aliases.contains("stranger-sign"))
            }
        }
    }

    @Test func `A path is nobody's only when the store has none either, before and after everything is read`()
        async throws
    {
        try await World.run(isRunning: false) { world in
            try await prepare(world)
            try await world.restarted(configuration: Self.behind(), isRunning: false) { runtime in
                for path in ["/in/nobody", "/in/nobody/self-test"] {
                    let reply = try await world.send("one", to: path, on: runtime)
                    #expect(reply.status == 404)
                }
                await runtime.readRest()
                await runtime.whenRead()
                #expect(runtime.flows().count == 2 && runtime.context.keyring.isWhole)
                let reply = try await world.send("one", to: "/in/nobody", on: runtime)
                #expect(reply.status == 404)
            }
        }
    }

    @Test func `Messages that come while the rest is read are all answered`() async throws {
        try await World.run(isRunning: false) { world in
            world.receiver.set(.confirm)
            try await world.deploy()
            for number in 0..<200 {
                try await world.runtime.deploy(Fixtures.flow("flow-\(number)", url: world.url))
            }
            try await world.restarted(configuration: Self.behind(), isRunning: false) { _ in }
            try await world.restarted(configuration: Self.behind()) { runtime in
                for number in stride(from: 199, to: 0, by: -20) {
                    let reply = try await world.send("\(number)", to: "/in/flow-\(number)", on: runtime)
                    #expect(reply.status == 200)
                }
                await runtime.whenRead()
                #expect(runtime.flows().count == 201)
            }
        }
    }

    @Test func `A stored message is delivered by a flow that is not read yet`() async throws {
        try await World.run(isRunning: false) { world in
            world.receiver.set(.take)
            try await prepare(world, pattern: .oneWay)
            #expect(try await world.send("kept").status == 202)
            try await world.restarted(configuration: Self.behind()) { _ in
                #expect(await world.receiver.next()?.body.contains("kept") == true)
            }
        }
    }

    @Test func `A flow that was changed before it was read keeps the change, and its path`() async throws {
        try await World.run(isRunning: false) { world in
            try await prepare(world)
            try await world.restarted(configuration: Self.behind(), isRunning: false) { runtime in
                _ = try await runtime.hold(world.flowID(), drainBound: .zero)
                let other = try Fixtures.flow("third", url: world.url).yaml
                    .replacingOccurrences(of: "/in/third", with: "/in/others")
                await #expect(throws: DeploymentError.pathTaken("/in/others", by: try world.flowID("others"))) {
                    try await runtime.deploy(IntegrationFlow(yaml: other))
                }
                let moved = try Fixtures.flow("others", url: world.url).yaml
                    .replacingOccurrences(of: "/in/others", with: "/in/moved")
                try await runtime.deploy(IntegrationFlow(yaml: moved))
                try await runtime.deploy(IntegrationFlow(yaml: other))
                await runtime.readRest()
                #expect(runtime.flows().map(\.flow.sender.path) == ["/in/orders", "/in/moved", "/in/others"])
                #expect(runtime.flow(try world.flowID())?.status == .held)
            }
        }
    }

    @Test
    func `What this program has not read, because it or the document is another, is read before the start is over`()
        async throws
    {
        try await World.run(isRunning: false) { world in
            try await prepare(world)
            try await world.restarted(configuration: Self.behind("build 2"), isRunning: false) { runtime in
                #expect(runtime.flows().count == 2)
            }
            try await world.restarted(configuration: Self.behind("build 2"), isRunning: false) { runtime in
                #expect(runtime.flows().isEmpty)
                try await runtime.deploy(Fixtures.flow("others", pattern: .oneWay, url: world.url))
            }
            // What a start's own process deployed was read by it.
            try await world.restarted(configuration: Self.behind("build 2"), isRunning: false) { runtime in
                #expect(runtime.flows().isEmpty)
            }
            let changed = FlowRecord(flow: try Fixtures.flow(pattern: .oneWay, url: world.url), status: .deployed)
            try await world.store.write { (transaction: any MessagingTransaction) in try transaction.save(changed) }
            try await world.restarted(configuration: Self.behind("build 2"), isRunning: false) { runtime in
                #expect(runtime.flows().map(\.flow.pattern) == [.oneWay])
            }
        }
    }

    @Test func `A document that cannot be read ends the start of a program that has not read it before`() async throws {
        try await World.run(isRunning: false) { world in
            try await prepare(world)
            try world.breakDocument("orders")
            await #expect(throws: FlowError.self) {
                try await world.restarted(configuration: Self.behind("build 2"), isRunning: false) { _ in }
            }
        }
    }

    @Test
    func `One that was spoilt since is told, asks its senders to come again, keeps no other away, and is replaced`()
        async throws
    {
        try await World.run(isRunning: false) { world in
            world.receiver.set(.confirm)
            try await prepare(world)
            try world.breakDocument("orders")
            try await world.restarted(configuration: Self.behind()) { runtime in
                #expect(try await world.send("early", on: runtime).status == 503)
                await runtime.whenRead()
                #expect(runtime.flows().map(\.flow.id.rawValue) == ["others"])
                #expect(runtime.flowFaults.count == 1 && runtime.flowFaults[0].contains("flow orders in the store"))
                #expect(try await world.send("late", on: runtime).status == 503)
                #expect(try await world.send("other", to: "/in/others", on: runtime).status == 200)
                try await runtime.deploy(Fixtures.flow(url: world.url))
                #expect(try await world.send("again", on: runtime).status == 200)
                #expect(runtime.flowFaults.isEmpty)
            }
        }
    }

    @Test func `A key that is changed before it was taken in is used as it is now`() async throws {
        try await World.run(isRunning: false) { world in
            world.receiver.set(.confirm)
            try await prepare(world)
            try await world.restarted(configuration: Self.behind(), isRunning: false) { runtime in
                let exchanged = try await world.exchange("tenant-sign")
                // The receiver knows the new certificate.
                try await world.keyring.refresh()
                #expect(try await world.send("one", on: runtime).status == 200)
                let used = try await runtime.keyUses(of: exchanged.new.alias).filter { $0.account.purpose == .sign }
                #expect(used.map(\.account.version) == [exchanged.new])
            }
        }
    }
}

extension World {
    /// Spoils the stored document of a flow, as a broken disk would.
    fileprivate func breakDocument(_ id: String) throws {
        let queue = try DatabaseQueue(path: path)
        try queue.write { try $0.execute(sql: "UPDATE flow SET yaml = 'id: [' WHERE id = ?", arguments: [id]) }
        try queue.close()
    }
}

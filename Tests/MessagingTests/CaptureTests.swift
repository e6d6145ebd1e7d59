import Foundation
import Keystore
import Messaging
import Synchronization
import TestSupport
import Testing
import WSSecurity

@Suite("Captured messages")
struct CaptureTests {
    private func terms(_ change: (inout CaptureTerms) -> Void) -> RuntimeConfiguration {
        var configuration = RuntimeConfiguration()
        change(&configuration.capture)
        return configuration
    }

    @Test("Of a request all four messages are kept as they were; without an order nothing is")
    func requestReply() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            #expect(try await world.send("zero").status == 200)
            try await world.capture(flow.id)
            let request = try world.request("one")
            let reply = await world.send(request)
            let captured = try await world.captured()
            #expect(
                captured.map(\.message.stage) == [.requestReceived, .requestSent, .answerReceived, .answerSent]
            )
            #expect(captured.first?.content.octets == request)
            #expect(captured.last?.content.octets == reply.body && captured.last?.message.status == 200)
            #expect(captured.allSatisfy { $0.content.contentType.hasPrefix("text/xml") })
            let sent = try #require(captured.first { $0.message.stage == .requestSent }?.content.octets)
            #expect(String(decoding: try world.openAsReceiver(sent).body, as: UTF8.self).contains(">one<"))
            let logged = try await world.runtime.exchanges(matching: ExchangeQuery()).map(\.record)
            #expect(Set(captured.map(\.message.exchange)) == [try #require(logged.first).id])
        }
    }

    @Test("Of a stored message the intake and every attempt are kept, also after a restart")
    func oneWay() async throws {
        try await World.run(isRunning: false) { world in
            let flow = try await world.deploy(pattern: .oneWay)
            try await world.capture(flow.id)
            #expect(try await world.send("one").status == 202)
            #expect(try await world.captured().map(\.message.stage) == [.requestReceived, .answerSent])
            try await world.restarted { runtime in
                try await world.logged(1, .outbound, in: runtime)
                let stages = try await world.captured(in: runtime).map(\.message.stage)
                #expect(stages == [.requestReceived, .answerSent, .requestSent, .answerReceived])
                #expect(runtime.captures[flow.id]?.exchangeCount == 2)
            }
        }
    }

    @Test("An order that cannot be recorded begins nothing, and leaves the one before as it was")
    func unrecorded() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            for isCaptured in [false, true] {
                if isCaptured { try await world.capture(flow.id, exchanges: 7) }
                try await world.refusing("INSERT ON audit") {
                    await #expect(throws: (any Error).self) { try await world.capture(flow.id, exchanges: 9) }
                }
                #expect(world.runtime.captures[flow.id]?.exchangeLimit == (isCaptured ? 7 : nil))
                #expect(try await world.send(isCaptured ? "two" : "one").status == 200)
                #expect(try await world.captured().count == (isCaptured ? 4 : 0))
            }
        }
    }

    @Test("It ends by itself when its time is over, or when it has as many exchanges as it may")
    func ends() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            try await world.capture(flow.id, exchanges: 2)
            for name in ["one", "two", "three"] { #expect(try await world.send(name).status == 200) }
            #expect(try await world.captured().count == 8)
            #expect(world.runtime.captures[flow.id]?.ending == .exchanges)

            try await world.capture(flow.id, for: .seconds(60))
            world.clock.advance(by: .seconds(61))
            #expect(try await world.send("four").status == 200)
            #expect(try await world.captured().count == 8)
            try await world.until { world.runtime.captures[flow.id]?.ending == .time }
            let store: any KeystoreStore = world.store
            let ends = try await store.read { try $0.auditEntries(after: 0, limit: 1000) }
                .filter { $0.action == "flow.capture.end" }
            #expect(ends.count == 2 && ends.allSatisfy { $0.subject == "orders" })
            try await world.restarted { runtime in #expect(runtime.captures[flow.id]?.ending == .time) }
        }
    }

    @Test("Without room of its own, on the disk or in the store, it ends, and messages go on")
    func space() async throws {
        var reserved = RuntimeConfiguration()
        reserved.reservedOctetCount = .max
        for configuration in [terms { $0.octetLimit = 2000 }, reserved] {
            try await World.run(configuration: configuration) { world in
                let flow = try await world.deploy()
                try await world.capture(flow.id)
                #expect(try await world.send("one").status == 200)
                #expect(try await world.captured().isEmpty)
                #expect(world.runtime.captures[flow.id]?.ending == .space)
                #expect(try await world.send("two").status == 200)
                try await world.restarted { runtime in #expect(runtime.captures[flow.id]?.ending == .space) }
            }
        }
    }

    @Test("What it has kept already counts against its room")
    func filled() async throws {
        let kept = Mutex(0)
        for isFull in [false, true] {
            let configuration = terms { terms in
                if isFull { terms.octetLimit = kept.withLock { $0 * 3 / 2 } }
            }
            try await World.run(configuration: configuration) { world in
                let flow = try await world.deploy()
                try await world.capture(flow.id)
                #expect(try await world.send("one").status == 200)
                #expect(try await world.captured().count == 4)
                let messaging: any MessagingStore = world.store
                let octetCount = try await messaging.read { try $0.capturedOctetCount() }
                if !isFull { kept.withLock { $0 = octetCount } }
                #expect(octetCount > 0)
                #expect(try await world.send("two").status == 200)
                #expect(try await world.captured().count == (isFull ? 4 : 8))
                #expect(world.runtime.captures[flow.id]?.ending == (isFull ? .space : nil))
            }
        }
    }

    @Test("Of a large message the beginning is kept, and how long it was")
    func large() async throws {
        try await World.run(configuration: terms { $0.messageOctetLimit = 100 }) { world in
            let flow = try await world.deploy()
            try await world.capture(flow.id)
            let request = try world.request("one")
            #expect(await world.send(request).status == 200)
            let received = try #require(try await world.captured().first)
            #expect(received.content.octets == Array(request.prefix(100)))
            #expect(received.message.octetCount == request.count)
        }
    }

    @Test("What was kept is erased after its time, or at once when that is asked for; it opens in its own place alone")
    func erased() async throws {
        try await World.run(configuration: terms { $0.retention = .seconds(3600) }) { world in
            let flow = try await world.deploy()
            try await world.capture(flow.id)
            #expect(try await world.send("one").status == 200)
            let message = try #require(try await world.captured().first?.message)
            let other = CapturedMessage.sealingContext(message.exchange, .answerSent)
            #expect(throws: KeystoreError.self) { try world.masterKey.open(message.sealed, context: other) }
            world.clock.advance(by: .seconds(3601))
            try await world.until { try await world.captured().isEmpty }

            try await world.capture(flow.id)
            #expect(try await world.send("two").status == 200)
            #expect(try await world.captured().count == 4)
            let ended = try await world.runtime.endCapture(of: flow.id, erasing: true, by: "test")
            #expect(ended?.ending == .stopped)
            #expect(try await world.captured().isEmpty)
            #expect(try await world.send("three").status == 200)
            #expect(try await world.captured().isEmpty)
        }
    }
}

extension World {
    fileprivate func capture(_ flow: FlowID, for length: Duration = .seconds(900), exchanges: Int = 100) async throws {
        _ = try await runtime.capture(flow, for: length, exchangeLimit: exchanges, reason: "", by: "test")
    }

    /// What was kept, in its order, opened.
    fileprivate func captured(
        in runtime: TenantRuntime? = nil
    ) async throws -> [(message: CapturedMessage, content: CapturedContent)] {
        let runtime = runtime ?? self.runtime
        var captured: [(message: CapturedMessage, content: CapturedContent)] = []
        for message in try await runtime.capturedMessages(of: nil, limit: 1000).reversed() {
            #expect(message.sealed.isEmpty)
            if let found = try await runtime.capturedMessage(message.id, by: "test") { captured.append(found) }
        }
        return captured
    }
}

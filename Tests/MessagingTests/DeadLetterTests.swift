import Keystore
import Messaging
import TestSupport
import Testing

@Suite struct DeadLetterTests {
    @Test func `A message that could not be delivered in its time is delivered when an operator says so`() async throws
    {
        try await World.run { world in
            let failed = try await world.failedMessage("one")
            world.receiver.set(.take)
            let again = try await world.runtime.redeliver(failed.id, by: "tina")
            #expect(again.state == .retry && again.deadline > failed.deadline)
            _ = await world.receiver.next()
            try await world.settle()
            #expect(try await world.messages().map(\.state) == [.completed])
            await #expect(throws: MessageError.notFailed(failed.id, .completed)) {
                try await world.runtime.redeliver(failed.id, by: "tina")
            }
        }
    }

    @Test func `A discarded message is never delivered; who discarded it and why is kept`() async throws {
        try await World.run { world in
            let failed = try await world.failedMessage("one")
            world.receiver.set(.take)
            let discarded = try await world.runtime.discard(failed.id, reason: "came by post", by: "tina")
            #expect(
                discarded.state == .discarded && discarded.reason == "came by post" && discarded.sealedEnvelope.isEmpty
            )
            #expect(try await world.send("one").status == 202)
            try await world.settle()
            #expect(try await world.messages().map(\.state) == [.discarded])
            let keystore: any KeystoreStore = world.store
            let entries = try await keystore.read { try $0.auditEntries(after: 0, limit: 100) }
            #expect(
                entries.contains { $0.actor == "tina" && $0.action == "message.discard" && $0.subject == failed.id }
            )
            await #expect(throws: MessageError.notDiscardable(failed.id, .discarded)) {
                try await world.runtime.discard(failed.id, reason: "again", by: "tina")
            }
        }
    }

    @Test func `A message that is not there is named`() async throws {
        try await World.run { world in
            await #expect(throws: MessageError.unknownMessage("none")) {
                try await world.runtime.redeliver("none", by: "tina")
            }
        }
    }
}

extension World {
    /// A one-way message whose guaranteed delivery time is over.
    fileprivate func failedMessage(_ id: String) async throws -> StoredMessage {
        receiver.set(.status(503))
        try await deploy(pattern: .oneWay)
        _ = try await send(id)
        _ = await receiver.next()
        try await settle()
        clock.advance(by: .seconds(10_000))
        _ = await receiver.next()
        try await settle()
        guard let message = try await messages().first, message.state == .failed else {
            throw MessageError.unknownMessage(id)
        }
        return message
    }
}

import FoundationEssentials
import Keystore
import WSSecurity

/// The durable queue of one-way messages: takes them in, several in one commit, and wakes the delivery.
final class DeliveryQueue: Sendable {
    private let context: RuntimeContext
    private let intake: GroupCommit<StoredMessage, Bool>
    private let alarm: AsyncStream<Void>.Continuation
    /// One element whenever there may be something to deliver.
    let alarms: AsyncStream<Void>

    init(context: RuntimeContext) {
        self.context = context
        let store = context.store
        intake = GroupCommit { messages in
            try await store.write { transaction in try messages.map { try transaction.insert($0) } }
        }
        (alarms, alarm) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Stores a processed envelope durably, sealed under the master key; returns when it is safe to answer 202.
    ///
    /// Returns false when the flow has a message of that `wsa:MessageID` already: it is answered the same, and
    /// delivered once. Throws `malformedMessage` for an unusable `MessageID`, and what the store throws.
    func accept(_ envelope: [UInt8], action: String?, flow: IntegrationFlow) async throws -> Bool {
        let id = UUID().uuidString.lowercased()
        let now = context.now
        let message = StoredMessage(
            id: id,
            flow: flow.id,
            messageID: try Self.messageID(envelope) ?? "urn:uuid:\(id)",
            action: action,
            sealedEnvelope: context.masterKey.seal(envelope, context: StoredMessage.sealingContext(id)),
            acceptedAt: now,
            dueAt: now,
            deadline: now.addingTimeInterval(flow.delivery.guaranteed.seconds)
        )
        let isNew = try await intake.submit(message)
        if isNew { wake() }
        return isNew
    }

    /// Something may be due.
    func wake() { alarm.yield() }

    /// No more alarms: whoever waits for them ends.
    func stop() { alarm.finish() }

    private static func messageID(_ envelope: [UInt8]) throws(SecurityFault) -> String? {
        guard let messageID = try SOAPEnvelope(envelope).messageID, !messageID.isEmpty else { return nil }
        guard messageID.utf8.count <= 1024 else {
            throw SecurityFault(
                .malformedMessage,
                "wsa:MessageID has more than 1024 octets; the sender must shorten it"
            )
        }
        return messageID
    }
}

extension Duration {
    /// The length in seconds, for adding to a moment.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}

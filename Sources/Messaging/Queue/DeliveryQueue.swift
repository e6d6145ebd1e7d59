import FoundationEssentials
import Keystore
import WSSecurity

/// The durable queue of one-way messages: takes them in and wakes the delivery.
final class DeliveryQueue: Sendable {
    private let context: RuntimeContext
    private let alarm: AsyncStream<Void>.Continuation
    /// One element whenever there may be something to deliver.
    let alarms: AsyncStream<Void>

    init(context: RuntimeContext) {
        self.context = context
        (alarms, alarm) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Stores a processed envelope durably, sealed under the master key; returns when it is safe to answer.
    ///
    /// `entry` is what its signatures are known by. Throws `malformedMessage` for an unusable `MessageID`, and what the store
    /// throws.
    func accept(
        _ envelope: [UInt8],
        action: String?,
        entry: ReplayEntry?,
        flow: IntegrationFlow,
        trace: TraceContext?
    ) async throws -> Intake {
        let id = UUID().uuidString.lowercased()
        let now = context.now
        let name = try Self.messageID(envelope)
        let message = StoredMessage(
            id: id,
            flow: flow.id,
            messageID: name ?? StoredMessage.name(of: id),
            action: action,
            sealedEnvelope: context.masterKey.seal(envelope, context: StoredMessage.sealingContext(id)),
            acceptedAt: now,
            dueAt: now,
            deadline: now.addingTimeInterval(flow.delivery.guaranteed.seconds),
            trace: trace?.stored
        )
        let capacity = context.configuration.replayCapacity
        let intake = try await context.commits.write { transaction in
            try transaction.take(message, isNamed: name != nil, entry, within: capacity)
        }
        if case .accepted = intake { wake() }
        return intake
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

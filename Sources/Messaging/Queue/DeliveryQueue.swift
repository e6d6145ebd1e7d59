import FoundationEssentials
import Keystore
import Synchronization
import WSSecurity

/// The durable queue of one-way messages: takes them in and wakes the delivery.
final class DeliveryQueue: Sendable {
    private let context: RuntimeContext
    private let alarm: AsyncStream<Void>.Continuation
    private let isExpected = Mutex(false)
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
        _ opened: OpenedMessage,
        action: String?,
        entry: ReplayEntry?,
        flow: IntegrationFlow,
        facts: ExchangeFacts?
    ) async throws -> Intake {
        var (message, isNamed) = try describe(opened, action: action, flow: flow, facts: facts)
        message.sealedEnvelope = try context.masterKey.seal(
            StoredEntity.octets(of: opened.entity),
            context: StoredMessage.sealingContext(message.id)
        )
        let capacity = context.configuration.replayCapacity
        let intake = try await context.commits.write { [message, isNamed] transaction in
            try transaction.take(message, isNamed: isNamed, entry, within: capacity)
        }
        if case .accepted = intake { wake() }
        return intake
    }

    /// Remembers a message that is passed on while its sender waits; returns when it is safe to send it.
    ///
    /// `accepted` comes with the row that it gets when the receiver took it: ``complete(_:)``. Throws as
    /// ``accept(_:action:entry:flow:facts:)``.
    func announce(
        _ opened: OpenedMessage,
        action: String?,
        entry: ReplayEntry?,
        flow: IntegrationFlow,
        facts: ExchangeFacts?
    ) async throws -> (intake: Intake, message: StoredMessage) {
        let (message, isNamed) = try describe(opened, action: action, flow: flow, facts: facts)
        let capacity = context.configuration.replayCapacity
        let intake = try await context.commits.write { transaction in
            try transaction.take(message, stored: false, isNamed: isNamed, entry, within: capacity)
        }
        return (intake, message)
    }

    /// The receiver took an announced message: its name is remembered durably, so that a repetition is answered the same.
    func complete(_ message: StoredMessage) async throws {
        let now = context.now
        _ = try await context.commits.write { try $0.insertCompleted(message, at: now) }
    }

    /// Something is due, as far as the caller knows.
    func wake() {
        isExpected.withLock { $0 = true }
        alarm.yield()
    }

    /// Something may have become due with the time.
    func remind() { alarm.yield() }

    /// Whether something was said to be due since the last call.
    func takeExpectation() -> Bool {
        isExpected.withLock { isExpected in
            defer { isExpected = false }
            return isExpected
        }
    }

    /// No more alarms: whoever waits for them ends.
    func stop() { alarm.finish() }

    /// The row of a message, without its envelope, and whether the sender gave it its name.
    private func describe(
        _ opened: OpenedMessage,
        action: String?,
        flow: IntegrationFlow,
        facts: ExchangeFacts?
    ) throws(SecurityFault) -> (StoredMessage, isNamed: Bool) {
        let now = context.now
        let id = TimeOrderedID.text(at: now)
        let name = try Self.messageID(opened.outline)
        if let name { facts?.note(messageID: name) }
        let message = StoredMessage(
            id: id,
            flow: flow.id,
            messageID: name ?? StoredMessage.name(of: id),
            action: action,
            sealedEnvelope: [],
            acceptedAt: now,
            dueAt: now,
            deadline: now.addingTimeInterval(flow.delivery.guaranteed.seconds),
            trace: facts?.trace.stored
        )
        return (message, name != nil)
    }

    private static func messageID(_ envelope: [UInt8]) throws(SecurityFault) -> String? {
        // No name of XML is there without its letters.
        guard OctetSearch.isMentioned("MessageID", in: envelope), let messageID = try SOAPEnvelope(envelope).messageID,
            !messageID.isEmpty
        else { return nil }
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

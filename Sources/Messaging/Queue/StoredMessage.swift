package import FoundationEssentials

/// A one-way message in the durable queue.
///
/// Its envelope is verified, decrypted, sealed at rest, and protected for the receiver only when it is sent.
package struct StoredMessage: Hashable, Sendable, Identifiable {
    /// Where a message stands.
    package enum State: String, Hashable, Codable, Sendable, CaseIterable {
        /// Accepted and not yet tried.
        case waiting
        /// A delivery attempt is under way.
        case processing
        /// An attempt failed; another one follows.
        case retry
        /// Its flow is held or undeployed.
        case held
        /// The receiver took it; the envelope is erased.
        case completed
        /// The guaranteed delivery time is over; kept with the reason until it is delivered again or discarded.
        case failed
        /// An operator gave it up, with the reason; the envelope is erased.
        case discarded

        /// The field's word for it.
        package var status: MessageStatus {
            switch self {
            case .waiting, .processing: .processing
            case .retry: .retry
            case .held: .held
            case .completed: .completed
            case .failed: .failed
            case .discarded: .discarded
            }
        }

        /// Whether nothing more becomes of it by itself.
        package var isEnded: Bool { self == .completed || self == .failed || self == .discarded }
    }

    /// Unique in the store.
    package let id: String
    /// The flow that accepted it.
    package let flow: FlowID
    /// The sender's name for it (`wsa:MessageID`); unique in the flow.
    package let messageID: String
    /// The SOAP action that goes with it.
    package let action: String?
    /// The envelope, sealed under the master key with ``sealingContext``; empty when completed or discarded.
    package var sealedEnvelope: [UInt8]
    /// When it was accepted.
    package let acceptedAt: Date
    /// When it is next tried.
    package var dueAt: Date
    /// When the guaranteed delivery time ends.
    package var deadline: Date
    /// Where it stands.
    package var state: State
    /// How often it was tried.
    package var attempts: Int
    /// Why the last attempt failed, or why the message was discarded.
    package var reason: String?
    /// When it was completed, failed or discarded.
    package var endedAt: Date?
    /// The trace that it came with: ``TraceContext/stored``.
    package let trace: String?

    package init(
        id: String,
        flow: FlowID,
        messageID: String,
        action: String?,
        sealedEnvelope: [UInt8],
        acceptedAt: Date,
        dueAt: Date,
        deadline: Date,
        state: State = .waiting,
        attempts: Int = 0,
        reason: String? = nil,
        endedAt: Date? = nil,
        trace: String? = nil
    ) {
        self.id = id
        self.flow = flow
        self.messageID = messageID
        self.action = action
        self.sealedEnvelope = sealedEnvelope
        self.acceptedAt = acceptedAt
        self.dueAt = dueAt
        self.deadline = deadline
        self.state = state
        self.attempts = attempts
        self.reason = reason
        self.endedAt = endedAt
        self.trace = trace
    }

    /// What the sealed envelope is bound to: the message's own row.
    package static func sealingContext(_ id: String) -> String { "message/\(id)" }
}

package import FoundationEssentials
package import Keystore

/// One exchange in the message log; never anything of a message's content.
package struct ExchangeRecord: Hashable, Sendable {
    /// Who began the exchange.
    package enum Direction: String, Hashable, Codable, Sendable, CaseIterable {
        /// A sender, with a message to the tenant; of a request with a reply, the receiver's part belongs to it.
        case inbound
        /// The tenant, with a stored message to a receiver.
        case outbound
    }

    /// What became of it.
    package enum Status: String, Hashable, Codable, Sendable, CaseIterable {
        /// Answered with success, or taken by the receiver.
        case completed
        /// Stored, and answered with 202.
        case accepted
        /// Answered as the first of its name; not stored again.
        case duplicate
        /// Refused for what it is: its security, its form, its size.
        case refused
        /// Answered with a fault of, or because of, the receiver.
        case faulted
        /// Asked to come again, or to be delivered again later.
        case retry
        /// Given up: a delivery without time for another attempt.
        case failed
    }

    /// A key version, what it did, and how that ended.
    package struct Key: Hashable, Sendable {
        /// The version.
        package let version: KeyVersionID
        /// What it did.
        package let purpose: KeyPurpose
        /// At which end of the flow.
        package let side: ChannelSide
        /// How that ended.
        package let outcome: KeyUse.Outcome

        package init(version: KeyVersionID, purpose: KeyPurpose, side: ChannelSide, outcome: KeyUse.Outcome) {
            self.version = version
            self.purpose = purpose
            self.side = side
            self.outcome = outcome
        }
    }

    /// Our own name for it; unique.
    package let id: String
    /// The message's own name (`wsa:MessageID`); `nil` when it was not read, or the message has none.
    package let messageID: String?
    /// The flow.
    package let flow: FlowID
    /// Who began it.
    package let direction: Direction
    /// What became of it.
    package let status: Status
    /// When it began.
    package let startedAt: Date
    /// How long it took, to the microsecond.
    package let duration: Duration
    /// The key versions that were used, in a fixed order.
    package let keys: [Key]
    /// The code of the fault; `nil` when there was none.
    package let fault: String?
    /// The cause, for the operator.
    package let reason: String?
    /// The trace that it belongs to: 32 hexadecimal digits.
    package let traceID: String

    package init(
        id: String,
        messageID: String?,
        flow: FlowID,
        direction: Direction,
        status: Status,
        startedAt: Date,
        duration: Duration,
        keys: [Key],
        fault: String?,
        reason: String?,
        traceID: String
    ) {
        self.id = id
        self.messageID = messageID
        self.flow = flow
        self.direction = direction
        self.status = status
        self.startedAt = startedAt
        self.duration = duration
        self.keys = keys
        self.fault = fault
        self.reason = reason
        self.traceID = traceID
    }
}

extension ExchangeRecord.Status {
    /// What an event makes of the exchange; `nil` when it alone decides nothing.
    init?(_ event: FlowEvent) {
        switch event {
        case .arrived, .delivered: return nil
        case .accepted: self = .completed
        case .refused, .replayed: self = .refused
        case .duplicate: self = .duplicate
        case .turnedAway: self = .retry
        case .faulted: self = .faulted
        }
    }
}

extension ExchangeRecord.Key {
    init(_ account: KeyUse.Account) {
        self.init(
            version: account.version,
            purpose: account.purpose,
            side: account.side,
            outcome: account.outcome
        )
    }
}

extension ExchangeRecord.Key: Comparable {
    package static func < (left: Self, right: Self) -> Bool {
        (left.version, left.purpose.rawValue, left.side.rawValue, left.outcome.rawValue)
            < (right.version, right.purpose.rawValue, right.side.rawValue, right.outcome.rawValue)
    }
}

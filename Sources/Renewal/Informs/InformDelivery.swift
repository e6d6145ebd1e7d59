package import FoundationEssentials

/// One notification on its way to one person by one channel.
///
/// The inbox of API and CLI is no channel: it shows every notification from the transaction that wrote it.
package struct InformDelivery: Hashable, Sendable {
    /// By what it travels.
    package enum Channel: String, Hashable, Codable, Sendable, CaseIterable {
        case mail
        case webhook
    }

    /// How far it is.
    package enum State: String, Hashable, Codable, Sendable, CaseIterable {
        /// It is sent when it is due.
        case waiting
        /// It is being sent.
        case sending
        /// The mail server or the webhook took it.
        case delivered
        /// Given up; a person has to look into it.
        case undeliverable
    }

    /// The notification.
    package let notification: RenewalNotification.ID
    /// By what it travels.
    package let channel: Channel
    /// The mail address, or the webhook's name.
    package let address: String
    /// The person, or the desk, that it is for.
    package let person: String
    /// The same in every attempt: `Message-ID` without brackets, and the event's `id`.
    package let messageID: String
    /// When it went into the outbox.
    package let createdAt: Date
    /// How far it is.
    package private(set) var state = State.waiting
    /// How many attempts were begun.
    package private(set) var attempts = 0
    /// When the next attempt is due.
    package private(set) var dueAt: Date
    /// Whether an earlier attempt may have arrived without saying so.
    package private(set) var isUncertain = false
    /// How the last attempt ended; `nil` before the first.
    package private(set) var result: String?
    /// When it was delivered or given up.
    package private(set) var endedAt: Date?

    /// A delivery that was not tried yet; it is due at once.
    package init(
        notification: RenewalNotification.ID,
        channel: Channel,
        address: String,
        person: String,
        messageID: String,
        createdAt: Date
    ) {
        self.notification = notification
        self.channel = channel
        self.address = address
        self.person = person
        self.messageID = messageID
        self.createdAt = createdAt
        dueAt = createdAt
    }

    /// A delivery as a store kept it.
    package init(
        _ former: InformDelivery,
        state: State,
        attempts: Int,
        dueAt: Date,
        isUncertain: Bool,
        result: String?,
        endedAt: Date?
    ) {
        self = former
        self.state = state
        self.attempts = attempts
        self.dueAt = dueAt
        self.isUncertain = isUncertain
        self.result = result
        self.endedAt = endedAt
    }
}

extension InformDelivery {
    /// An attempt begins.
    package func begun() -> InformDelivery {
        var next = self
        next.state = .sending
        next.attempts += 1
        return next
    }

    /// The attempt ended so at `now`.
    package func ended(_ outcome: InformOutcome, at now: Date, _ retries: InformRetries) -> InformDelivery {
        var next = self
        next.result = outcome.explanation
        next.isUncertain = isUncertain || outcome.mayHaveArrived
        if case .delivered = outcome {
            next.state = .delivered
            next.endedAt = now
        } else if outcome.isFinal || now >= createdAt.advanced(by: retries.patience) {
            next.state = .undeliverable
            next.endedAt = now
        } else {
            next.state = .waiting
            next.dueAt = now.advanced(by: retries.pause(after: attempts))
        }
        return next
    }

    /// The process ended during the attempt, so that nobody knows whether it arrived.
    package func interrupted(at now: Date) -> InformDelivery {
        var next = self
        next.state = .waiting
        next.dueAt = now
        next.isUncertain = true
        next.result = "the process ended during the attempt: it may have arrived"
        return next
    }

    /// A person asks for it again.
    package func repeated(at now: Date) -> InformDelivery {
        var next = InformDelivery(
            notification: notification,
            channel: channel,
            address: address,
            person: person,
            messageID: messageID,
            createdAt: now
        )
        next.attempts = attempts
        next.isUncertain = isUncertain
        next.result = result
        return next
    }
}

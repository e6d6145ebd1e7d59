package import FoundationEssentials

/// The clocks and counts that guards decide by; the letters are those of the renewal model.
package struct RenewalSettings: Hashable, Sendable {
    /// The least time that an old key is kept after its exchange; a shorter setting counts as this.
    package static let leastRetention = Duration.seconds(90 * 86_400)

    /// Z, added to every wait.
    package var safetyMargin = Duration.seconds(60)
    /// S, how far clocks of two systems may be apart.
    package var clockSkew = Duration.seconds(60)
    /// M, how long a message may travel: the lifetime of its Timestamp.
    package var messageLifetime = Duration.seconds(300)
    /// X, the bound of a synchronous call.
    package var synchronousTimeout = Duration.seconds(60)
    /// P, how long a keyset takes to be on every node, as measured.
    package var propagation = Duration.zero
    /// A, how long a partner takes to apply a change; schedules reminders only.
    package var applyTime = Duration.seconds(7 * 86_400)
    /// C, how long a partner's systems cache certificates; schedules reminders only.
    package var cacheTime = Duration.zero
    /// G, how long a partner goes on delivering an accepted message.
    package var guaranteedDelivery = Duration.seconds(300)
    /// n, how many messages make a proof.
    package var minimumMessages = 5
    /// How long after a probe that was not accepted the next one is sent by itself.
    package var probeWait = Duration.seconds(900)
    /// How long a canary keeps a share at least before the next one.
    package var canaryWait = Duration.seconds(600)
    /// How long nothing may arrive before a sender counts as silent.
    package var silence = Duration.seconds(60)
    /// The length of a downtime for which no window was given.
    package var downtime = Duration.seconds(3_600)
    /// How long the certificate of a new tenant key pair is valid.
    package var certificateValidity = Duration.seconds(2 * 365 * 86_400)
    /// How long before its deadline the role of an open step is reminded.
    package var reminders = [Duration.seconds(3 * 86_400), .seconds(86_400)]
    /// How long after a deadline the tenant's administrators hear of it.
    package var escalations = [Duration.seconds(86_400), .seconds(3 * 86_400)]
    private var chosenRetention = leastRetention

    /// The defaults of the renewal model.
    package init() {}

    /// How long an old key is kept after its exchange: never less than 90 days.
    package var retention: Duration {
        get { max(chosenRetention, Self.leastRetention) }
        set { chosenRetention = newValue }
    }

    /// Leaves people a day for each step: nothing is protected with the old key any more, so there is no overlap to wait for.
    mutating func hurry() { applyTime = min(applyTime, Self.hurriedApplyTime) }

    /// How long a partner has when the old certificate has expired.
    static let hurriedApplyTime = Duration.seconds(86_400)

    /// How long the old key has to be unseen before the partner counts as using the new one: `X + Z`.
    package var drainInterval: Duration { synchronousTimeout + safetyMargin }

    /// From the exchange until a partner may remove the old key: `P + X + M + S + Z`.
    package var removalWait: Duration {
        propagation + synchronousTimeout + messageLifetime + clockSkew + safetyMargin
    }

    /// From the last old message until the tenant stops accepting it: `max(G, X) + M + S + Z`.
    package var acceptanceWait: Duration {
        max(guaranteedDelivery, synchronousTimeout) + messageLifetime + clockSkew + safetyMargin
    }

    /// From opening a person's step until it is overdue: `A + C + S + Z`.
    package var reminderWait: Duration { applyTime + cacheTime + clockSkew + safetyMargin }
}

extension Date {
    /// The moment `duration` later.
    func advanced(by duration: Duration) -> Date {
        addingTimeInterval(duration.timeInterval)
    }

    /// The moment in ISO 8601 to the second, for texts that people read.
    var inWords: String { formatted(.iso8601) }
}

extension Duration {
    /// The length in seconds.
    package var timeInterval: TimeInterval {
        TimeInterval(components.seconds) + TimeInterval(components.attoseconds) * 1e-18
    }

    /// The length for texts that people read, such as `7 days 2 min`.
    var inWords: String {
        let seconds = Int(timeInterval.rounded(.up))
        let days = seconds / 86_400
        let parts = [
            (days, days == 1 ? "day" : "days"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"),
            (seconds % 60, "s"),
        ]
        let words = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return words.isEmpty ? "0 s" : words.joined(separator: " ")
    }
}

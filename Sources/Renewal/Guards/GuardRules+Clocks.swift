extension GuardRules {
    /// The agreed downtime has begun.
    func downtimeBegun(_ facts: GuardFacts) -> GuardVerdict {
        guard let window = facts.downtime else {
            return .missing(
                "No downtime is agreed.",
                remedy: "Propose one, which the other party has to accept: `rekey renewal window propose "
                    + "\(facts.renewal) --start TIME --end TIME`."
            )
        }
        guard facts.now >= window.start else {
            return .early("The downtime begins at \(window.start.inWords)", until: window.start)
        }
        return .satisfied(.observed, "The downtime began at \(window.start.inWords).")
    }

    /// The exchange worked: what is left is only to keep the old key.
    func exchangeProven(_ facts: GuardFacts) -> GuardVerdict {
        guard facts.isExchangeProven else {
            return .missing(
                "Traffic has not proved the new key yet.",
                remedy: "Wait until the exchange is verified; without traffic, two persons may accept it."
            )
        }
        return .satisfied(.observed, "Traffic proved the new key, or two persons accepted it.")
    }

    /// A partner may remove the old key: `exchange + P + X + M + S + Z`, proved by traffic, nothing under way.
    func oldKeyOutOfUse(_ facts: GuardFacts) -> GuardVerdict {
        guard let exchanged = facts.exchangedAt else {
            return .missing(
                "The key is not exchanged: removing the old one would lose every message.",
                remedy: "Exchange first."
            )
        }
        let safe = exchanged.advanced(by: settings.removalWait)
        guard facts.now >= safe else {
            let wait = settings.removalWait.inWords
            return .early("Messages with the old key may travel for \(wait) after the exchange", until: safe)
        }
        guard facts.oldInTransit == 0 else { return oldUnderWay(facts) }
        let proven = exchangeProven(facts)
        guard proven.isSatisfied else { return proven }
        return .satisfied(.observed, "The wait since the exchange is over, nothing with the old key is in the system.")
    }

    /// The tenant may stop accepting the old version: `lastSeenOld + max(G, X) + M + S + Z`.
    func oldKeyUnseen(_ facts: GuardFacts) -> GuardVerdict {
        guard let exchanged = facts.exchangedAt else {
            return .missing("The old key is the one in use.", remedy: "Exchange first.")
        }
        let seen = facts.tracks.compactMap(\.old.lastAt)
        guard let changed = facts.partnersChangedAt, let last = ([exchanged, changed] + seen).max() else {
            return .missing(
                "The partner has not changed to the new key.",
                remedy: "Wait until it has, and until traffic shows it."
            )
        }
        let safe = last.advanced(by: settings.acceptanceWait)
        guard facts.now >= safe else {
            let wait = settings.acceptanceWait.inWords
            return .early("Messages with the old key may arrive for \(wait) after \(last.inWords)", until: safe)
        }
        guard facts.oldInTransit == 0 else { return oldUnderWay(facts) }
        return .satisfied(.observed, "No message with the old key since \(last.inWords), none in the system.")
    }

    /// The old version may be destroyed: `max(exchange + 90 days, stop accepting)`, nothing refers to it.
    func retentionOver(_ facts: GuardFacts) -> GuardVerdict {
        guard let exchanged = facts.exchangedAt, let stopped = facts.stoppedAcceptingAt else {
            return .missing(
                "The old key is still in use or accepted.",
                remedy: "Finish the earlier steps; old keys are kept for \(settings.retention.inWords)."
            )
        }
        let safe = max(exchanged.advanced(by: settings.retention), stopped)
        guard facts.now >= safe else {
            return .early("The old key is kept for \(settings.retention.inWords) after the exchange", until: safe)
        }
        guard facts.oldInTransit == 0 else { return oldUnderWay(facts) }
        return .satisfied(.observed, "Kept since \(exchanged.inWords); nothing refers to the old key.")
    }

    /// The addressee acknowledged the notification.
    func acknowledged(_ facts: GuardFacts) -> GuardVerdict {
        guard facts.isAcknowledged else {
            return .missing(
                "The notification is not acknowledged.",
                remedy: "Its addressee has to acknowledge it (`rekey inbox`)."
            )
        }
        return .satisfied(.observed, "The addressee acknowledged the notification.")
    }

    /// Both parties agreed.
    func agreedByBoth(_ facts: GuardFacts) -> GuardVerdict {
        let agreed = facts.agreement?.agreed ?? []
        let missing = (facts.agreement?.needed ?? []).filter { !agreed.contains($0) }
        guard missing.isEmpty, !agreed.isEmpty else {
            let names = missing.map(\.description).joined(separator: " and ")
            return .missing("The agreement of the \(names) is missing.", remedy: "Each has to claim the step.")
        }
        return .satisfied(.asserted, "Agreed by \(agreed.map(\.description).joined(separator: " and ")).")
    }
}

extension GuardRules {
    /// Ready to exchange: the new version is on every node and valid, and what has to stand still stands still.
    func readyToExchange(_ facts: GuardFacts) -> GuardVerdict {
        let everywhere = onEveryNode(facts)
        guard everywhere.isSatisfied else { return everywhere }
        guard let validity = facts.newValidity, facts.now <= validity.upperBound else {
            return .missing(
                "The new certificate has expired.",
                remedy: "Abort this renewal and plan another with a certificate that is valid."
            )
        }
        guard facts.now >= validity.lowerBound else {
            return .early("The new certificate is not valid yet", until: validity.lowerBound)
        }
        let tried = newKeyTried(facts)
        guard tried.isSatisfied else { return tried }
        let stopped = flowsStopped(facts.undeployed)
        guard stopped.isSatisfied else { return stopped }
        let drained = flowsDrained(facts.silenced, at: facts.now)
        guard drained.isSatisfied else { return drained }
        let trials = tried.evidence.explanation
        return .satisfied(.observed, "\(everywhere.evidence.explanation) Its certificate is valid.\(trials)")
    }

    /// The new version is on every node before it is used.
    func onEveryNode(_ facts: GuardFacts) -> GuardVerdict {
        guard let staged = facts.stagedGeneration else {
            return .missing(
                "The new version is not in the keystore.",
                remedy: "Do the steps that create or provide it first."
            )
        }
        guard facts.acknowledgedGeneration >= staged else {
            return .missing(
                "The new version is in generation \(staged); the nodes acknowledge \(facts.acknowledgedGeneration).",
                remedy: "Wait until every serving node has loaded generation \(staged)."
            )
        }
        return .satisfied(.observed, "Every serving node acknowledged keyset generation \(staged) or a later one.")
    }

    /// The exchange worked: enough messages were protected with the new version, and none failed for it.
    func newKeyInTraffic(_ facts: GuardFacts) -> GuardVerdict {
        for track in facts.tracks where track.new.failed > 0 {
            return .failed(
                "\(track.new.failed) message(s) protected with the new key failed with \(track.track.partner).",
                remedy: "Roll the renewal back, or find out why before two persons accept it."
            )
        }
        for track in facts.tracks where track.new.succeeded < settings.minimumMessages {
            return lowTraffic(track, "protected with the new key for")
        }
        return .satisfied(.observed, facts.tracks.map(\.newUse).joined(separator: " "))
    }

    /// The partner protects with the new key: enough messages, and the old one unseen for the drain interval.
    func partnerUsesNewKey(_ facts: GuardFacts) -> GuardVerdict {
        for track in facts.tracks where track.new.succeeded < settings.minimumMessages {
            return lowTraffic(track, "protected with the new key by")
        }
        for track in facts.tracks {
            guard let seen = track.old.lastAt else { continue }
            let quiet = seen.advanced(by: settings.drainInterval)
            guard facts.now >= quiet else {
                return .early("\(track.track.partner) last used the old key at \(seen.inWords)", until: quiet)
            }
        }
        return .satisfied(.observed, facts.tracks.map(\.newUse).joined(separator: " "))
    }

    private func lowTraffic(_ track: GuardFacts.TrackFacts, _ deed: String) -> GuardVerdict {
        .missing(
            "\(track.new.succeeded) of \(settings.minimumMessages) messages seen \(deed) \(track.track.partner).",
            remedy: "Wait for traffic, or have a test message sent; without either, two persons may accept the step."
        )
    }
}

extension GuardFacts.TrackFacts {
    fileprivate var newUse: String {
        let last = new.lastAt.map { ", last at \($0.inWords)" } ?? ""
        return "\(track.partner): \(new.succeeded) messages with the new key\(last)."
    }
}

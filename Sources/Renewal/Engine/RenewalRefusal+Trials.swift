import Keystore

/// What concerns trying the new key out before the exchange.
extension RenewalRefusal {
    static func nothingToProbe(_ state: RenewalState) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "The renewal \(state.id) has no new key that could be tried out.",
            remedy: "Do the steps that create or provide it first; a key that partners use is seen in their traffic."
        )
    }

    static func noSuchPartner(_ partner: PartnerID, _ state: RenewalState) -> RenewalRefusal {
        let partners = Set(state.plan.tracks.map(\.partner.rawValue)).sorted().joined(separator: ", ")
        return RenewalRefusal(
            .badInput,
            reason: "The new key of \(state.plan.alias) is not exchanged for \(partner).",
            remedy: "Name one of: \(partners)."
        )
    }

    static func notProbeable(_ tracks: [RenewalTrack], _ runtime: RuntimeObservation) -> RenewalRefusal {
        guard tracks.contains(where: { $0.trialWay == .selfTest }) else {
            return RenewalRefusal(
                .wrongState,
                reason: "A partner that handles one key at a time refuses the new key until the downtime.",
                remedy: "Go on to the agreed downtime; traffic proves the key after it."
            )
        }
        let paths = tracks.flatMap(\.flows).compactMap { runtime.proofWays[$0]?.selfTestPath }
        return RenewalRefusal(
            .wrongState,
            reason: "The tenant sends a sender nothing but answers, so it cannot probe a sender's system.",
            remedy: paths.isEmpty
                ? "Set `sender.selfTest: true` in the flow, and have the sender's system call PATH/self-test."
                : "Have the sender's system call \(paths.joined(separator: " and "))."
        )
    }

    static func noProbe(_ flows: [String]) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "No probe message is agreed for \(flows.joined(separator: ", ")).",
            remedy: "Have the integration developer set `receiver.probe` in the flow, or begin a canary."
        )
    }

    static func badShare(_ percent: Int) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "\(percent) % is no share of a canary.",
            remedy: "Give 1, 10, 100, or 0 to end it."
        )
    }

    static func notConfigured(_ track: RenewalTrack) -> RenewalRefusal {
        RenewalRefusal(
            .notOpen,
            reason: "Nobody has said yet that the system of \(track.partner) handles the new key.",
            remedy: "Have the \(track.administrator) configure it and claim that step first."
        )
    }
}

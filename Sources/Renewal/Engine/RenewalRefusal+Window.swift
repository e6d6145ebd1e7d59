/// What concerns a downtime.
extension RenewalRefusal {
    static func noWindowStep(_ state: RenewalState, _ own: [PlannedStep], _ actor: Actor) -> RenewalRefusal {
        let names = (own.isEmpty ? state.steps(.agreeDowntime) : own).map(\.id.rawValue).joined(separator: ", ")
        if names.isEmpty {
            return RenewalRefusal(
                .badInput,
                reason: "The renewal \(state.id) needs no downtime.",
                remedy: "Go on with its open steps: `rekey renewal show \(state.id)`."
            )
        }
        if own.isEmpty {
            return RenewalRefusal(
                .wrongOrganisation,
                reason: "No downtime of \(state.id) is \(actor.name)'s to agree: \(names).",
                remedy: "It is agreed by the \(state.windowParties(for: actor)); ask them."
            )
        }
        return RenewalRefusal(
            .badInput,
            reason: "Which downtime is meant is not clear: \(names).",
            remedy: "Name one of these steps: `--step STEP`."
        )
    }

    static func noHold(_ step: PlannedStep) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "In the downtime of \(step.id) messages of a sender arrive: held flows would go on taking them.",
            remedy: "Propose it without hold: the flows are undeployed."
        )
    }

    static func nothingProposed(_ step: PlannedStep, _ progress: StepProgress) -> RenewalRefusal {
        let isAgreed = progress.window != nil
        return RenewalRefusal(
            .notClaimable,
            reason: isAgreed ? "The downtime of \(step.id) is agreed." : "No downtime is proposed for \(step.id).",
            remedy: isAgreed
                ? "Propose another, or cancel it." : "Propose one: `rekey renewal window propose`, with start and end."
        )
    }

    static func downtimeUnderWay(_ step: PlannedStep, _ begun: PlannedStep) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason:
                "The downtime of \(step.id) has begun with \(begun.id): it is neither moved nor called off any more.",
            remedy: "Go on with the renewal, or roll it back or abort it."
        )
    }
}

extension RenewalState {
    /// Who agrees the downtimes, in words.
    fileprivate func windowParties(for actor: Actor) -> String {
        let parties = Set(steps(.agreeDowntime).flatMap(\.parties))
        return Set(parties.map { $0.named(to: actor) }).sorted().joined(separator: " and the ")
    }
}

import FoundationEssentials
import Keystore

/// What concerns one step or notification.
extension RenewalRefusal {
    static func unknownStep(_ step: StepID, in renewal: RenewalID) -> RenewalRefusal {
        RenewalRefusal(
            .unknown,
            reason: "The renewal \(renewal) has no step \(step).",
            remedy: "`rekey renewal show \(renewal)` names its steps."
        )
    }

    static func unknownNotification(_ id: RenewalNotification.ID) -> RenewalRefusal {
        RenewalRefusal(
            .unknown,
            reason: "There is no notification \(id).",
            remedy: "`rekey inbox --all` names those that were written to you."
        )
    }

    static func notTheirs(_ step: PlannedStep, _ parties: [Party], _ actor: Actor) -> RenewalRefusal {
        let whose = parties.map { $0.named(to: actor) }.joined(separator: " or ")
        let isRole = parties.contains { $0.role == actor.role }
        return RenewalRefusal(
            isRole ? .wrongOrganisation : .wrongRole,
            reason: "The step \(step.id) belongs to the \(whose); \(actor.name) is \(actor.role.words) "
                + "of \(actor.organisation).",
            remedy: "Ask the \(whose) to do it; nobody acts for another."
        )
    }

    static func notAddressee(_ notification: RenewalNotification, _ actor: Actor) -> RenewalRefusal {
        RenewalRefusal(
            notification.addressee.role == actor.role ? .wrongOrganisation : .wrongRole,
            reason: "The notification \(notification.id) is for the \(notification.addressee.named(to: actor)).",
            remedy: "The \(notification.addressee.named(to: actor)) has to acknowledge it."
        )
    }

    static func bySystem(_ step: PlannedStep, _ verdict: GuardVerdict) -> RenewalRefusal {
        RenewalRefusal(
            .notClaimable,
            reason: "The system does the step \(step.id) by itself: \(verdict.evidence.explanation)",
            remedy: verdict.shortfall?.remedy ?? "Wait for the steps before it."
        )
    }

    static func guarded(_ step: PlannedStep, _ shortfall: Shortfall) -> RenewalRefusal {
        RenewalRefusal(
            shortfall.evidence.notBefore == nil ? .guardNotSatisfied : .tooEarly,
            reason: "The step \(step.id) may not be done yet: \(shortfall.evidence.explanation)",
            remedy: shortfall.remedy
        )
    }

    /// The steps in `missing` come before, `first` is the first of them; `wait` says what its proof waits for, where it was claimed.
    ///
    /// Partners other than the actor's are not named.
    static func notOpen(
        _ step: PlannedStep,
        first: PlannedStep,
        missing: [PlannedStep],
        _ shortfall: Shortfall?,
        wait: String?,
        to actor: Actor
    ) -> RenewalRefusal {
        let early = shortfall.flatMap { $0.evidence.notBefore == nil ? nil : $0 }
        let names = missing.map { "\($0.id) (\($0.by.named(to: actor)))" }.joined(separator: ", ")
        let clock = early.map { " \($0.evidence.explanation)" } ?? ""
        let next = "Have the \(first.by.named(to: actor)) do \(first.id) now: \(first.title)"
        return RenewalRefusal(
            early == nil ? .notOpen : .tooEarly,
            reason: "The step \(step.id) may not be done yet: before it come \(names).\(step.harm)\(clock)",
            remedy: early?.remedy ?? wait ?? next
        )
    }

    static func alreadyDone(_ step: PlannedStep, _ progress: StepProgress) -> RenewalRefusal {
        RenewalRefusal(
            .notClaimable,
            reason: "The step \(step.id) is \(progress.state.rawValue) already.",
            remedy: "Go on with the steps that are open."
        )
    }

    static func samePerson(_ step: PlannedStep) -> RenewalRefusal {
        RenewalRefusal(
            .samePerson,
            reason: "The step \(step.id) needs two persons, and this is the first one again.",
            remedy: "Ask another tenant administrator to approve it."
        )
    }

    static func noNewVersion(_ step: PlannedStep) -> RenewalRefusal {
        RenewalRefusal(
            .guardNotSatisfied,
            reason: "The step \(step.id) needs the new key, which is not in the keystore.",
            remedy: "Do the steps that create or provide it first."
        )
    }

    static func certificateMissing(_ step: PlannedStep) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "The step \(step.id) needs the new certificate.",
            remedy: "Claim it with the certificate in PEM: `--certificate FILE`."
        )
    }

    static func alreadyAgreed(_ step: PlannedStep, _ party: Party) -> RenewalRefusal {
        RenewalRefusal(
            .notClaimable,
            reason: "The \(party) has agreed to \(step.id) already.",
            remedy: "The other party has to agree."
        )
    }

    static func notOverridable(_ step: PlannedStep) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "The proof of the step \(step.id) protects messages or keys; nobody may do without it.",
            remedy: "Bring the proof, or roll back or abort the renewal."
        )
    }

    static func nothingToOverride(_ step: PlannedStep, _ progress: StepProgress) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "The step \(step.id) is \(progress.state.rawValue): nobody said that it is done.",
            remedy: "The \(step.by) has to claim it first; then two persons may accept it without its proof."
        )
    }
}

extension PlannedStep {
    /// What doing the step too early would do.
    fileprivate var harm: String {
        kind == .exchange ? " A partner that does not handle the new key yet would refuse every message." : ""
    }
}

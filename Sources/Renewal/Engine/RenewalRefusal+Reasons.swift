import FoundationEssentials
import Keystore

extension RenewalRefusal {
    static func unknownRenewal(_ id: RenewalID) -> RenewalRefusal {
        RenewalRefusal(.unknown, reason: "There is no renewal \(id).", remedy: "List the renewals.")
    }

    static func unknownStep(_ step: StepID, in renewal: RenewalID) -> RenewalRefusal {
        RenewalRefusal(
            .unknown,
            reason: "The renewal \(renewal) has no step \(step).",
            remedy: "Show the renewal for its steps."
        )
    }

    static func unknownNotification(_ id: RenewalNotification.ID) -> RenewalRefusal {
        RenewalRefusal(.unknown, reason: "There is no notification \(id).", remedy: "List your notifications.")
    }

    static func notTheirs(_ step: PlannedStep, _ parties: [Party], _ actor: Actor) -> RenewalRefusal {
        let whose = parties.map(\.description).joined(separator: " or ")
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
            reason: "The notification \(notification.id) is for the \(notification.addressee).",
            remedy: "The \(notification.addressee) has to acknowledge it."
        )
    }

    static func notCoordinator(_ actor: Actor, _ party: Party) -> RenewalRefusal {
        RenewalRefusal(
            actor.role == party.role ? .wrongOrganisation : .wrongRole,
            reason: "Only the \(party) coordinates renewals; \(actor.name) is \(actor.role.words) "
                + "of \(actor.organisation).",
            remedy: "Ask the \(party)."
        )
    }

    static func notRunning(_ state: RenewalState) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "The renewal \(state.id) is \(state.status.rawValue).",
            remedy: state.status == .planned ? "Start it first." : "Plan another renewal."
        )
    }

    static func notPlanned(_ state: RenewalState) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "The renewal \(state.id) is \(state.status.rawValue) already.",
            remedy: "Go on with its open steps, or plan another renewal."
        )
    }

    static func inProgress(_ other: RenewalID, _ alias: KeyAlias) -> RenewalRefusal {
        RenewalRefusal(
            .renewalInProgress,
            reason: "The renewal \(other) of \(alias) is under way.",
            remedy: "Finish \(other), roll it back or abort it first."
        )
    }

    static func stalePlan(_ state: RenewalState) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "The plan replaces \(state.plan.oldVersion), which is not active any more.",
            remedy: "Abort this renewal and plan another."
        )
    }

    static func bySystem(_ step: PlannedStep, _ verdict: GuardVerdict) -> RenewalRefusal {
        RenewalRefusal(
            .notClaimable,
            reason: "The system does the step \(step.id) by itself: \(verdict.evidence.explanation)",
            remedy: verdict.remedy.isEmpty ? "Wait for the steps before it." : verdict.remedy
        )
    }

    static func guarded(_ step: PlannedStep, _ verdict: GuardVerdict) -> RenewalRefusal {
        RenewalRefusal(
            verdict.evidence.notBefore == nil ? .guardNotSatisfied : .tooEarly,
            reason: "The step \(step.id) may not be done yet: \(verdict.evidence.explanation)",
            remedy: verdict.remedy
        )
    }

    static func notOpen(_ step: PlannedStep, missing: [StepID], _ verdict: GuardVerdict) -> RenewalRefusal {
        guard !missing.isEmpty else { return guarded(step, verdict) }
        let names = missing.map(\.rawValue).joined(separator: ", ")
        let clock = verdict.isSatisfied ? "" : " \(verdict.evidence.explanation)"
        return RenewalRefusal(
            verdict.evidence.notBefore == nil ? .notOpen : .tooEarly,
            reason: "The step \(step.id) may not be done yet: \(names) must be done before it.\(clock)",
            remedy: "Have \(names) done first."
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
            remedy: "Claim it with the certificate in PEM."
        )
    }

    static func alreadyAgreed(_ step: PlannedStep, _ party: Party) -> RenewalRefusal {
        RenewalRefusal(
            .notClaimable,
            reason: "The \(party) has agreed to \(step.id) already.",
            remedy: "The other party has to agree."
        )
    }

    static func badWindow(_ window: DowntimeWindow) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "No downtime is left from \(window.start.inWords) to \(window.end.inWords).",
            remedy: "Give a start, and an end after it and in the future, that suit what the other party proposed."
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

    static func notExchanged(_ state: RenewalState) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "The key \(state.plan.alias) is not exchanged, so there is nothing to roll back.",
            remedy: "Abort the renewal instead."
        )
    }

    static func exchanged(_ state: RenewalState) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "The key \(state.plan.alias) is exchanged already.",
            remedy: "Roll the renewal back instead."
        )
    }

    static func noReturn(_ step: PlannedStep) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "After the step \(step.id) the old key is not handled everywhere: going back would lose messages.",
            remedy: "Finish this renewal, then plan another."
        )
    }

    static var reasonMissing: RenewalRefusal {
        RenewalRefusal(.badInput, reason: "A reason is missing.", remedy: "Say why; it is kept in the journal.")
    }
}

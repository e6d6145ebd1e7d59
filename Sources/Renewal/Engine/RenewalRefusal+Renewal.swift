import FoundationEssentials
import Keystore

/// What concerns a renewal as a whole.
extension RenewalRefusal {
    static func unknownRenewal(_ id: RenewalID) -> RenewalRefusal {
        RenewalRefusal(
            .unknown,
            reason: "There is no renewal \(id).",
            remedy: "`rekey renewal list` shows those that there are."
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
            remedy: state.status == .planned
                ? "Start it first: `rekey renewal start \(state.id)`."
                : "Plan another renewal: `rekey renewal plan \(state.plan.alias) --save`."
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

    static func badWindow(_ window: DowntimeWindow) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "No downtime is left from \(window.start.inWords) to \(window.end.inWords).",
            remedy: "Give a start, and an end after it and in the future, that suit what the other party proposed."
        )
    }

    static func notExchanged(_ state: RenewalState) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "The key \(state.plan.alias) is not exchanged, so there is nothing to roll back.",
            remedy: "Abort the renewal instead."
        )
    }

    static func notMoved(_ partner: PartnerID, _ state: RenewalState) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "In the renewal \(state.id), \(partner) has not moved to the new key by itself.",
            remedy: state.exchangedAt == nil
                ? "Name a partner that has moved; `rekey renewal show \(state.id)` names them."
                : "Roll the whole renewal back instead."
        )
    }

    static func exchanged(_ state: RenewalState) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "The key \(state.plan.alias) is exchanged already.",
            remedy: "Roll the renewal back instead."
        )
    }

    static func oldExpired(_ old: KeyVersionID, at end: Date) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason:
                "The certificate of \(old) expired at \(end.inWords): going back to it, nothing could be protected any more.",
            remedy: "Finish this renewal, or hold the flows (`rekey flow hold`) and plan another with a new key."
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

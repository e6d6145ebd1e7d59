import Keystore

extension RenewalSession {
    /// Another plan takes the place of the one that nobody approved yet.
    mutating func replan(_ plan: RenewalPlan, by actor: Actor) throws {
        try checkCoordinator(actor)
        guard state.status == .planned else { throw RenewalRefusal.notPlanned(state) }
        if let approval = state.approval { throw RenewalRefusal.approvedAlready(state, approval) }
        try record(.replanned(plan: plan), by: actor)
    }

    /// The plan is what will be done.
    mutating func approve(by actor: Actor) throws {
        try checkCoordinator(actor)
        guard state.status == .planned else { throw RenewalRefusal.notPlanned(state) }
        if let approval = state.approval { throw RenewalRefusal.approvedAlready(state, approval) }
        try record(.approved, by: actor)
    }

    /// Who starts a plan that nobody changed approves it thereby; a changed one is approved in a step of its own.
    mutating func approveAtStart(by actor: Actor) throws {
        guard state.approval == nil else { return }
        guard !state.isReplanned, state.plan.choices == nil else { throw RenewalRefusal.notApproved(state) }
        try record(.approved, by: actor)
    }
}

extension RenewalRefusal {
    fileprivate static func approvedAlready(_ state: RenewalState, _ approval: RenewalState.Approval) -> RenewalRefusal
    {
        RenewalRefusal(
            .wrongState,
            reason:
                "\(approval.by.name) approved the plan \(state.id) at \(approval.at.inWords): it is not changed any more.",
            remedy: "Start it, or abort it and plan another."
        )
    }

    fileprivate static func notApproved(_ state: RenewalState) -> RenewalRefusal {
        RenewalRefusal(
            .wrongState,
            reason: "The plan \(state.id) was changed, and nobody has approved it.",
            remedy: "Review it (rekey renewal show \(state.id)) and approve it (rekey renewal approve \(state.id))."
        )
    }
}

import Keystore

/// Several renewals may need the same flow or sender to stand still: traffic goes on when none of them does any more.
extension RenewalSession {
    /// What the runtime has to do now; a flow that another renewal's downtime still needs is deployed after that.
    func runtimeActs() throws -> [RuntimeAct] {
        try state.runtimeActs(for: scope.runtime)
            .filter { act in
                guard case .deploy(let flow) = act else { return true }
                return try renewalStopping(flow: flow) == nil
            }
    }

    /// The other renewal whose downtime would be broken by a step that lets traffic flow again; `nil` when there is none.
    func renewalBroken(by step: PlannedStep) throws -> RenewalID? {
        switch step.kind {
        case .deployFlow:
            for flow in step.flows { if let other = try renewalStopping(flow: flow) { return other } }
        case .startSending:
            for track in tracks(of: step) { if let other = try renewalSilencing(track.track.partner) { return other } }
        default: break
        }
        return nil
    }

    private func renewalStopping(flow: String) throws -> RenewalID? {
        try other(.keepingUndeployed(flow)) { $0.needsStandstill(of: flow) }
    }

    private func renewalSilencing(_ partner: PartnerID) throws -> RenewalID? {
        var query = RenewalQuery()
        query.partner = partner
        query.statuses = Set(RenewalStatus.allCases.filter(\.holdsAlias))
        return try other(query) { $0.needsSilence(of: partner) }
    }

    private func other(_ query: RenewalQuery, _ isNeeding: (RenewalState) -> Bool) throws -> RenewalID? {
        for standing in try transaction.renewals(query) where standing.id != state.id {
            let other = try RenewalState(folding: try transaction.journal(of: standing.id), of: standing.id)
            if isNeeding(other) { return other.id }
        }
        return nil
    }
}

extension RenewalState {
    /// Whether a flow was undeployed and has to stay so, because steps before its deployment are not done.
    fileprivate func needsStandstill(of flow: String) -> Bool {
        isStandstill(.undeployFlow, .deployFlow) { $0.flows.contains(flow) }
    }

    /// Whether a sender stopped and has to stay silent, because steps before it starts again are not done.
    fileprivate func needsSilence(of partner: PartnerID) -> Bool {
        isStandstill(.stopSending, .startSending) { step in
            step.tracks.contains { plan.tracks[$0].partner == partner }
        }
    }

    private func isStandstill(_ stop: StepKind, _ resume: StepKind, _ isConcerned: (PlannedStep) -> Bool) -> Bool {
        guard !isOver, steps(stop).contains(where: { isConcerned($0) && isBegun($0) }) else { return false }
        return steps(resume).contains { isConcerned($0) && !isBegun($0) && !allMissing(before: $0).isEmpty }
    }
}

extension GuardVerdict {
    /// Traffic would flow again in the middle of another renewal's downtime.
    static func standstill(of other: RenewalID) -> GuardVerdict {
        .missing(
            "The renewal \(other) still needs the traffic to stand still.",
            remedy: "Go on with \(other) as far as its own resumption, or roll it back or abort it."
        )
    }
}

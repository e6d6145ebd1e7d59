extension RenewalState {
    /// A step of the plan.
    package func step(_ id: StepID) -> PlannedStep? { plan.steps.first { $0.id == id } }

    /// The steps of one kind.
    package func steps(_ kind: StepKind) -> [PlannedStep] { plan.steps.filter { $0.kind == kind } }

    /// Whether the steps after this one may begin.
    ///
    /// An exchange lets them begin when it is done: that it worked is seen in traffic, which they may have to restore.
    package func letsFollow(_ step: StepID) -> Bool {
        let progress = progress(of: step)
        return progress.state.isSettled || progress.state == .claimed && self.step(step)?.kind == .exchange
    }

    /// The earlier steps that a step still waits for.
    package func missing(before step: PlannedStep) -> [StepID] {
        step.opensAfter.filter { earlier in
            // The next partner moves, and its traffic stops for that, when traffic has shown that the one before it did.
            let waits: Set<StepKind> = [.exchange, .undeployFlow, .stopSending]
            let isMove = waits.contains(step.kind) && self.step(earlier)?.kind == .exchange
            return isMove ? !progress(of: earlier).state.isSettled : !letsFollow(earlier)
        }
    }

    /// Every step, near or far, that has to be done before this one and is not, in the plan's order.
    package func allMissing(before step: PlannedStep) -> [PlannedStep] {
        var missing: Set<StepID> = []
        var pending = self.missing(before: step)
        while let id = pending.popLast() {
            guard missing.insert(id).inserted, let earlier = self.step(id) else { continue }
            pending += self.missing(before: earlier)
        }
        return plan.steps.filter { missing.contains($0.id) }
    }

    /// Whether nothing more will happen.
    package var isOver: Bool { end != nil }

    /// How far the renewal is.
    package var status: RenewalStatus {
        if let end { return end }
        guard startedAt != nil else { return .planned }
        if plan.steps.contains(where: { progress(of: $0.id).state == .failed }) { return .blocked }
        let unsettled = plan.steps.filter { !progress(of: $0.id).state.isSettled }
        if unsettled.allSatisfy({ $0.kind == .retain || $0.kind == .destroy }) { return .retaining }
        let ending: Set<StepKind> = [.removeOld, .retain, .destroy]
        return exchangedAt != nil && unsettled.allSatisfy { ending.contains($0.kind) } ? .draining : .running
    }

    /// The weakest proof among the steps settled so far; `nil` before the first.
    package var weakestProof: ProofGrade? {
        plan.steps.compactMap { progress(of: $0.id).evidence?.grade }.min()
    }
}

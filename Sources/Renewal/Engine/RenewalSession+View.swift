import Keystore

extension RenewalSession {
    /// The renewal as it is shown at this moment.
    func view() throws -> RenewalView {
        RenewalView(
            id: state.id,
            alias: state.plan.alias,
            status: state.status,
            isUnguarded: state.isUnguarded,
            oldVersion: state.plan.oldVersion,
            newVersion: state.newVersion,
            plannedAt: state.plannedAt,
            exchangedAt: state.exchangedAt,
            latestStart: state.plan.latestStart,
            weakestProof: state.weakestProof,
            tracks: state.plan.tracks,
            steps: try state.plan.steps.map { try view(of: $0) },
            movedPartners: state.movedPartners,
            choices: state.plan.choices ?? PlanChoices(),
            approval: state.approval,
            review: state.status == .planned
                ? try PlanReviewer(transaction: transaction, scope: scope).review(state.plan, of: state.id) : nil
        )
    }

    private func view(of step: PlannedStep) throws -> StepView {
        let progress = state.progress(of: step.id)
        let offers = step.offers.contains(.certificate)
        return StepView(
            id: step.id,
            kind: step.kind,
            role: step.by.role,
            organisation: step.by.organisation,
            to: step.to,
            isPerformedBySystem: step.kind.isPerformedBySystem,
            title: step.title,
            state: progress.state,
            isOverdue: progress.isOverdue && !progress.state.isSettled,
            opensAfter: step.opensAfter,
            needs: step.needs,
            certificatePEM: offers
                ? try state.newVersion.flatMap { try transaction.presentVersion($0)?.certificatePEM } : nil,
            useCases: state.plan.useCases(of: step),
            partners: state.plan.partners(of: step),
            flows: step.flows,
            guardView: try guardView(of: step, progress),
            notification: progress.notification,
            claimedBy: progress.claimedBy,
            claimedAt: progress.claimedAt,
            settledAt: progress.settledAt,
            reason: progress.reason
        )
    }

    private func guardView(of step: PlannedStep, _ progress: StepProgress) throws -> GuardView {
        let (evidence, letsAct) = try finding(about: step, progress)
        return GuardView(
            minimumGrade: step.proof.minimumGrade,
            reachedGrade: progress.state.isSettled ? evidence.grade : nil,
            explanation: evidence.explanation,
            notBefore: evidence.notBefore,
            letsAct: letsAct
        )
    }

    /// What the step's guard found, and whether its role may act now.
    private func finding(about step: PlannedStep, _ progress: StepProgress) throws -> (Evidence, letsAct: Bool) {
        switch progress.state {
        case .verified, .overridden, .skipped:
            return (progress.evidence ?? Evidence(grade: nil, explanation: ""), false)
        case .claimed, .failed: return (try proofVerdict(of: step).evidence, false)
        case .open where step.kind.isPerformedBySystem: return (try proofVerdict(of: step).evidence, false)
        case .open:
            let entry = try entryVerdict(of: step)
            return (entry.evidence, entry.isSatisfied || !isGuarded(step))
        case .waiting:
            let missing = state.missing(before: step).map(\.rawValue).joined(separator: ", ")
            let entry = try entryVerdict(of: step)
            guard !missing.isEmpty else { return (entry.evidence, false) }
            let clock = entry.isSatisfied ? "" : " \(entry.evidence.explanation)"
            let evidence = Evidence(
                grade: nil,
                explanation: "Waits for \(missing).\(clock)",
                notBefore: entry.evidence.notBefore
            )
            return (evidence, false)
        }
    }
}

package import FoundationEssentials
package import Keystore

/// A renewal as it is shown.
package struct RenewalView: Hashable, Sendable, Identifiable {
    /// The renewal; empty in a plan that is not stored.
    package let id: RenewalID
    /// What is renewed.
    package let alias: KeyAlias
    /// How far it is.
    package let status: RenewalStatus
    /// Whether a rehearsal switched the guards off.
    package let isUnguarded: Bool
    /// The version that is replaced.
    package let oldVersion: KeyVersionID
    /// The version that takes its place; `nil` until it is in the keystore.
    package let newVersion: KeyVersionID?
    /// When the plan was made; `nil` in a plan that is not stored.
    package let plannedAt: Date?
    /// When the alias changed.
    package let exchangedAt: Date?
    /// The agreed downtime.
    package let downtime: DowntimeWindow?
    /// The last moment at which to start.
    package let latestStart: Date?
    /// The weakest proof so far.
    package let weakestProof: ProofGrade?
    /// One for each use case and partner.
    package let tracks: [RenewalTrack]
    /// In the order of the plan.
    package let steps: [StepView]
    /// The partners that moved to the new version by themselves, and when.
    package let movedPartners: [PartnerID: Date]
    /// What was decided about the plan.
    package let choices: PlanChoices
    /// Who approved the plan, and when; `nil` before.
    package let approval: RenewalState.Approval?
    /// What has to be known before the plan is approved; `nil` once the renewal has started.
    package let review: PlanReview?
}

/// A step as it is shown.
package struct StepView: Hashable, Sendable, Identifiable {
    /// Stable inside the renewal.
    package let id: StepID
    /// What kind of act it is.
    package let kind: StepKind
    /// Whose step it is; of a system's step, in whose name.
    package let role: Role
    /// The organisation of that role.
    package let organisation: String
    /// The other party, where there is one.
    package let to: Party?
    /// Whether the system does it by itself: then nobody claims it.
    package let isPerformedBySystem: Bool
    /// The procedure's sentence.
    package let title: String
    /// How far it is.
    package let state: StepState
    /// Whether its deadline passed.
    package let isOverdue: Bool
    /// The steps that come before.
    package let opensAfter: [StepID]
    /// What a claim has to bring.
    package let needs: [StepNeed]
    /// The new certificate in PEM, where the step hands it to its role and it is there.
    package let certificatePEM: String?
    /// The cases whose procedures it belongs to.
    package let useCases: [UseCaseName]
    /// The flows that it touches.
    package let flows: [String]
    /// What its guard wants and has.
    package let guardView: GuardView
    /// The notification that it wrote.
    package let notification: RenewalNotification.ID?
    /// Who claimed it.
    package let claimedBy: Actor?
    /// When it was claimed.
    package let claimedAt: Date?
    /// When it was settled.
    package let settledAt: Date?
    /// Why it failed, was skipped or is to be overridden.
    package let reason: String?
}

/// What a guard wants and has.
package struct GuardView: Hashable, Sendable {
    /// The least grade that it takes.
    package let minimumGrade: ProofGrade
    /// The grade that is reached; `nil` before there is any.
    package let reachedGrade: ProofGrade?
    /// What was looked at and found, or is waited for.
    package let explanation: String
    /// The moment before which it cannot hold, where a clock decides.
    package let notBefore: Date?
    /// Whether the step is open and its role may act at this moment.
    package let letsAct: Bool
}

extension RenewalView {
    /// A plan that is not stored.
    init(previewing plan: RenewalPlan, _ review: PlanReview, _ settings: RenewalSettings) {
        let settings = plan.settings(settings)
        self.init(
            id: RenewalID(rawValue: ""),
            alias: plan.alias,
            status: .planned,
            isUnguarded: false,
            oldVersion: plan.oldVersion,
            newVersion: nil,
            plannedAt: nil,
            exchangedAt: nil,
            downtime: nil,
            latestStart: plan.latestStart,
            weakestProof: nil,
            tracks: plan.tracks,
            steps: plan.steps.map { StepView(previewing: $0, of: plan, settings) },
            movedPartners: [:],
            choices: plan.choices ?? PlanChoices(),
            approval: nil,
            review: review
        )
    }
}

extension StepView {
    fileprivate init(previewing step: PlannedStep, of plan: RenewalPlan, _ settings: RenewalSettings) {
        self.init(
            id: step.id,
            kind: step.kind,
            role: step.by.role,
            organisation: step.by.organisation,
            to: step.to,
            isPerformedBySystem: step.kind.isPerformedBySystem,
            title: step.title,
            state: .waiting,
            isOverdue: false,
            opensAfter: step.opensAfter,
            needs: step.needs,
            certificatePEM: nil,
            useCases: plan.useCases(of: step),
            flows: step.flows,
            guardView: GuardView(
                minimumGrade: step.proof.minimumGrade,
                reachedGrade: nil,
                explanation: step.course(in: plan, settings),
                notBefore: nil,
                letsAct: false
            ),
            notification: nil,
            claimedBy: nil,
            claimedAt: nil,
            settledAt: nil,
            reason: nil
        )
    }
}

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

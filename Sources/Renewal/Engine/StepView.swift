package import FoundationEssentials
package import Keystore

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
    /// The partners whose tracks it belongs to, sorted.
    package let partners: [PartnerID]
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

extension StepView {
    /// A step of a plan that has not begun.
    init(previewing step: PlannedStep, of plan: RenewalPlan, _ settings: RenewalSettings) {
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
            partners: plan.partners(of: step),
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

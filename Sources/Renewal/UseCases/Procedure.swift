/// One procedure of the documents (docs/procedures.md) as data: a use case in one variant, step by step.
package struct Procedure: Hashable, Sendable {
    /// The case.
    package let useCase: UseCaseName
    /// Its variant.
    package let variant: Variant
    /// The document and section that prescribe it.
    package let source: String
    /// The document's numbered steps, in its order.
    package let steps: [StepTemplate]

    package init(_ useCase: UseCaseName, _ variant: Variant, source: String, steps: [StepTemplate]) {
        self.useCase = useCase
        self.variant = variant
        self.source = source
        self.steps = steps
    }

    /// What every case ends with: "old keys are kept for at least 90 days after they have been exchanged".
    package static let ending = [
        StepTemplate(
            .retain,
            by: .tenantAdministrator,
            "Keeps the old key for at least 90 days after the exchange.",
            entry: .exchangeProven,
            proof: .retentionOver
        ),
        StepTemplate(
            .destroy,
            by: .tenantAdministrator,
            "Destroys the old key once the retention is over.",
            needs: [.secondPerson],
            entry: .retentionOver,
            proof: .performed
        ),
    ]
}

/// Whom a procedure speaks of; the planner makes a role at an organisation of it.
package enum ProcedureRole: String, Hashable, Sendable {
    /// T.
    case tenantAdministrator
    /// D.
    case integrationDeveloper
    /// P: the sender administrator in the inbound cases, the receiver administrator in the outbound ones.
    case partner
}

/// One step of a procedure, before it is planned for a partner.
package struct StepTemplate: Hashable, Sendable {
    /// What kind of act it is.
    package let kind: StepKind
    /// Who acts.
    package let role: ProcedureRole
    /// The document's sentence.
    package let title: String
    /// Who is informed, provided or agreed with.
    package let addressee: ProcedureRole?
    /// What the claim has to bring.
    package let needs: [StepNeed]
    /// What it has for the one who acts.
    package let offers: [StepOffer]
    /// What has to hold before, besides the earlier steps.
    package let entry: EntryRule
    /// What verifies it.
    package let proof: ProofRule

    package init(
        _ kind: StepKind,
        by role: ProcedureRole,
        to addressee: ProcedureRole? = nil,
        _ title: String,
        needs: [StepNeed] = [],
        offers: [StepOffer] = [],
        entry: EntryRule = .none,
        proof: ProofRule
    ) {
        self.kind = kind
        self.role = role
        self.title = title
        self.addressee = addressee
        self.needs = needs
        self.offers = offers
        self.entry = entry
        self.proof = proof
    }
}

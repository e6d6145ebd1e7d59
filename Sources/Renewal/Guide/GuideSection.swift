import FoundationEssentials
import Keystore

/// One procedure on its case's page: its steps as a plan of one partner has them, and what each role types.
struct GuideSection {
    private let procedure: Procedure
    private let settings: RenewalSettings
    private let plan: RenewalPlan

    init(_ procedure: Procedure, settings: RenewalSettings) throws {
        self.procedure = procedure
        self.settings = settings
        plan = try Self.plan(procedure, settings)
    }

    /// The Markdown.
    var text: String {
        """
        ## \(heading)

        Source: \(procedure.source). \(count)

        | step | who | does what | begins when | counts when | least proof |
        | --- | --- | --- | --- | --- | --- |
        \(plan.steps.map(row).joined(separator: "\n"))

        ```
        \(GuideCommands(plan).lines.joined(separator: "\n"))
        ```
        """
    }

    private var heading: String {
        switch procedure.variant {
        case .dual: "Dual: the \(procedure.useCase.partnerSystem) system handles both keys at the same time"
        case .single: "Single: the \(procedure.useCase.partnerSystem) system handles one key at a time"
        case .double: "Double: messages are protected with both keys instead of a downtime (chosen in the plan)"
        case .only: "The tenant accepts both keys meanwhile"
        }
    }

    private var count: String {
        let ending = Procedure.ending.count
        return
            "Its \(procedure.steps.count) steps, then the \(ending) that every renewal ends with: every participant keeps "
            + "what it removed from use for \(settings.retention.inWords) after the exchange."
    }

    private func row(_ step: PlannedStep) -> String {
        let who = step.kind.isPerformedBySystem ? "system, for the \(step.by.role.words)" : step.by.role.words
        let begins = step.entry.words(settings, isSingle: procedure.variant == .single) ?? earlier(step)
        let cells = [
            "`\(step.id)`", who, step.title, begins, step.proof.words(settings), step.proof.minimumGrade.rawValue,
        ]
        return "| " + cells.joined(separator: " | ") + " |"
    }

    private func earlier(_ step: PlannedStep) -> String {
        step.opensAfter.isEmpty ? "the renewal is started" : "the step before is done"
    }

    /// The plan of a key that is used in this case alone, with one partner.
    private static func plan(_ procedure: Procedure, _ settings: RenewalSettings) throws -> RenewalPlan {
        let useCase = procedure.useCase
        let partner = try PartnerID(useCase.partnerSystem)
        let alias = try KeyAlias(useCase.exampleAlias)
        let usage = KeyUsage(
            alias: alias,
            purpose: useCase.purpose,
            flow: "orders",
            side: useCase.side,
            partner: partner
        )
        let current = RenewalPlanner.CurrentKey(
            version: KeyVersionID(alias: alias, number: 1),
            owner: useCase.keyOwner == "tenant" ? .tenant : .partner(partner),
            notAfter: nil
        )
        let keys: PartnerCapability.Keys = procedure.variant == .dual ? .dual : .single
        return try RenewalPlanner(tenant: "tenant", settings: settings)
            .plan(
                current,
                usages: [usage],
                capabilities: [PartnerCapability(partner: partner, keys: keys)],
                choices: PlanChoices(doubled: procedure.variant == .double ? [partner] : [])
            )
    }
}

import ManagementAPI

/// A renewal as the rehearsal carries it out: one of the nine procedures of the documents, a sibling of theirs, or the
/// composite of several.
struct DrillProcedure: Hashable, Sendable {
    /// A use of the key with one partner.
    struct Part: Hashable, Sendable {
        /// The use case's type name.
        let useCase: String
        /// The partner's system.
        let partner: String
    }

    /// The use case's type name, or `Composite`.
    let useCase: String
    /// What `--only` calls it.
    private(set) var name: String
    /// `dual`, `single`, `only` or `mixed`, and what its plan chose.
    private(set) var variant: String
    /// The pairs of partners whose traffic it renews; the first is the one that stops, where one does.
    let lanes: [Lane]
    /// The alias that it renews.
    let alias: String
    /// Its uses, one for each case and partner.
    let parts: [Part]
    /// What is decided about its plan; nil for the procedures as they stand.
    private(set) var choices: PlanChoicesResource?

    /// One case with one partner.
    init(useCase: String, variant: String) {
        let lane = variant == "single" ? Lane.single : .dual
        self.useCase = useCase
        self.variant = variant
        name = useCase
        lanes = [lane]
        alias = lane.alias(of: useCase)
        parts = [Part(useCase: useCase, partner: lane.partner(of: useCase))]
    }

    private init(composite lanes: [Lane], _ useCases: [String]) {
        useCase = "Composite"
        name = useCase
        variant = "mixed"
        self.lanes = lanes
        alias = Lane.sharedKey
        parts = lanes.flatMap { lane in useCases.map { Part(useCase: $0, partner: lane.partner(of: $0)) } }
    }

    /// The nine that the documents prescribe (docs/procedures.md), in their order.
    static let documented = [
        DrillProcedure(useCase: "TenantEncryptsInboundResponse", variant: "dual"),
        DrillProcedure(useCase: "TenantEncryptsInboundResponse", variant: "single"),
        DrillProcedure(useCase: "TenantEncryptsOutboundRequest", variant: "dual"),
        DrillProcedure(useCase: "TenantEncryptsOutboundRequest", variant: "single"),
        DrillProcedure(useCase: "TenantSignsInboundResponse", variant: "dual"),
        DrillProcedure(useCase: "TenantSignsInboundResponse", variant: "single"),
        DrillProcedure(useCase: "TenantDecryptsOutboundResponse", variant: "only"),
        DrillProcedure(useCase: "TenantSignsOutboundRequest", variant: "dual"),
        DrillProcedure(useCase: "TenantSignsOutboundRequest", variant: "single"),
    ]

    /// The three cases that complete the matrix.
    static let siblings = [
        DrillProcedure(useCase: "TenantDecryptsInboundRequest", variant: "only"),
        DrillProcedure(useCase: "TenantVerifiesInboundRequest", variant: "only"),
        DrillProcedure(useCase: "TenantVerifiesOutboundResponse", variant: "only"),
    ]

    /// One key of the tenant that signs for three senders and three receivers of mixed capabilities, and decrypts for
    /// all of them.
    static let composite = DrillProcedure(
        composite: [.mixedSingle, .mixedDual, .mixedOther],
        [
            "TenantSignsOutboundRequest", "TenantSignsInboundResponse", "TenantDecryptsInboundRequest",
            "TenantDecryptsOutboundResponse",
        ]
    )

    /// The composite with each partner moving to the new key by itself, the one with a downtime last.
    static let oneByOne: DrillProcedure = {
        var choices = PlanChoicesResource()
        choices.perPartner = true
        choices.order = [Lane.mixedDual, .mixedOther, .mixedSingle].flatMap { [$0.receiver, $0.sender] }
        return composite.choosing(choices, "one by one", as: "OneByOne")
    }()

    /// A receiver that decrypts with one key at a time, without a downtime: encrypted for both of its keys meanwhile.
    static let twoRecipients: DrillProcedure = {
        var choices = PlanChoicesResource()
        choices.doubled = [Lane.single.receiver]
        return DrillProcedure(useCase: "TenantEncryptsOutboundRequest", variant: "single")
            .choosing(choices, "two recipients", as: "TwoRecipients")
    }()

    private func choosing(_ choices: PlanChoicesResource, _ words: String, as name: String) -> DrillProcedure {
        var chosen = self
        chosen.name = name
        chosen.choices = choices
        chosen.variant += ", \(words)"
        return chosen
    }

    /// The pair of partners whose traffic it stops, where it stops any.
    var lane: Lane { lanes.first ?? .dual }

    /// Whether it renews a key pair of the tenant's own.
    var isOfTenantsKey: Bool { parts.contains { ["sign", "decrypt"].contains($0.tenantPurpose) } }

    /// What a person reads in the table.
    var title: String { "\(useCase) (\(variant))" }
}

extension Lane {
    /// The key of a case.
    func alias(of useCase: String) -> String {
        switch useCase {
        case "TenantSignsOutboundRequest": requestSigning
        case "TenantSignsInboundResponse": responseSigning
        case "TenantEncryptsOutboundRequest": receiverEncryption
        case "TenantEncryptsInboundResponse": senderEncryption
        case "TenantDecryptsInboundRequest": requestDecryption
        case "TenantVerifiesInboundRequest": senderSigning
        case "TenantVerifiesOutboundResponse": receiverSigning
        default: responseDecryption
        }
    }

    /// The partner of a case: inbound exchanges are the sender's.
    func partner(of useCase: String) -> String { useCase.contains("Inbound") ? sender : receiver }
}

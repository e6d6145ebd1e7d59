/// One of the nine procedures that the seeds prescribe, as the rehearsal carries it out.
struct DrillProcedure: Hashable, Sendable {
    /// The use case's type name.
    let useCase: String
    /// `dual`, `single` or `only`.
    let variant: String

    /// The nine, in the order of the seeds.
    static let all = [
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

    /// The pair of partners whose traffic it renews: the single one for single variants, else the dual one.
    var lane: Lane { variant == "single" ? .single : .dual }

    /// The alias that it renews.
    var alias: String {
        switch useCase {
        case "TenantSignsOutboundRequest": lane.requestSigning
        case "TenantSignsInboundResponse": lane.responseSigning
        case "TenantEncryptsOutboundRequest": lane.receiverEncryption
        case "TenantEncryptsInboundResponse": lane.senderEncryption
        default: lane.responseDecryption
        }
    }

    /// What a person reads in the table.
    var title: String { "\(useCase) (\(variant))" }
}

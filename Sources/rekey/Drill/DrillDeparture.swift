/// A renewal that does not go its way to the end, and in which nothing is lost either.
enum DrillDeparture: String, CaseIterable, Sendable {
    /// The old key is made the active one again after the exchange.
    case rolledBack
    /// The partner never answers: reminded, never passed over, given up.
    case neverAnswered

    /// The procedure that it departs from.
    var procedure: DrillProcedure { DrillProcedure(useCase: "TenantSignsOutboundRequest", variant: "dual") }

    /// What a person reads in the table beside the variant.
    var title: String {
        switch self {
        case .rolledBack: "rolled back"
        case .neverAnswered: "never answered"
        }
    }
}

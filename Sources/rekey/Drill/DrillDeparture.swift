/// A renewal that does not go its way to the end, and in which nothing is lost either.
enum DrillDeparture: String, CaseIterable, Sendable {
    /// The old key is made the active one again after the exchange.
    case rolledBack
    /// The partner never answers: reminded, never passed over, given up.
    case neverAnswered
    /// The partner says that it handles the new key and does not: a probe and a canary find out before the exchange; once
    /// it does, the renewal goes on to its end.
    case canaryRefused
    /// The old key becomes known to others while the new one is only staged.
    case compromised

    /// What `--only` calls it.
    var name: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }

    /// The procedure that it departs from.
    var procedure: DrillProcedure { DrillProcedure(useCase: "TenantSignsOutboundRequest", variant: "dual") }

    /// Whether the new key is the active one in the end.
    var endsWithNewKey: Bool { self == .canaryRefused || self == .compromised }

    /// What a person reads in the table beside the variant.
    var title: String {
        switch self {
        case .rolledBack: "rolled back"
        case .neverAnswered: "never answered"
        case .canaryRefused: "canary refused"
        case .compromised: "compromised"
        }
    }
}

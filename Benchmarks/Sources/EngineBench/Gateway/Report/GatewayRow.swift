/// One line of the result.
struct GatewayRow: Codable {
    let flow: String
    let octetCount: Int
    let stack: String
    /// Exchanges in a second of the gateway's CPU time; of one-way messages, from the request to the delivery.
    let perCPUSecond: Double
    /// Exchanges in a second by the clock, with all connections busy.
    let perSecond: Double
    /// The distance of the slowest and the fastest round, as a share of the median.
    let spread: Double
    /// What the raw cryptographic operations alone would reach.
    let limitPerCPUSecond: Double
    /// Milliseconds of an exchange when there is no other.
    let medianMilliseconds: Double
    /// Milliseconds that 99 of 100 stay below at half of `perSecond`.
    let halfLoad99Milliseconds: Double
    /// Of one-way messages: accepted in a second by the clock while deliveries are held.
    let intakePerSecond: Double?
    let residentOctets: Int

    var ofLimit: Double { perCPUSecond / limitPerCPUSecond }
}

/// What `-o json` prints.
struct GatewayReport: Codable {
    let rsaPrivatePerSecond: Double
    let rsaPublicPerSecond: Double
    var rows: [GatewayRow] = []
}

import WSSecurity

/// One flow's address that a sender sends orders to, at a steady rate.
struct OrderTarget: Sendable {
    let url: String
    let pattern: PartnerPattern
    let soap: SOAPVersion
    /// From one message's beginning to the next one's.
    let interval: Duration
}

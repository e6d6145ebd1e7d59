package import WSSecurity

/// One flow's address that a sender sends orders to, at a steady rate.
package struct OrderTarget: Sendable {
    package let url: String
    package let pattern: PartnerPattern
    package let soap: SOAPVersion
    /// From one message's beginning to the next one's.
    package let interval: Duration
}

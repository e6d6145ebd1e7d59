/// The end of a flow at which a key is used.
package enum ChannelSide: String, Hashable, Codable, Sendable, CaseIterable {
    /// The exchange that the sender starts with the tenant.
    case sender
    /// The exchange that the tenant starts with the receiver.
    case receiver
}

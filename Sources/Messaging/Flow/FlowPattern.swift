/// The message exchange pattern of an integration flow.
package enum FlowPattern: String, Hashable, Codable, Sendable, CaseIterable {
    /// The receiver's answer goes back to the sender on the same connection.
    case requestReply
    /// The sender gets 202 when the message is stored; it is delivered afterwards.
    case oneWay
}

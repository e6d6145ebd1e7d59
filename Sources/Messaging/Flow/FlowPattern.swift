/// The message exchange pattern of an integration flow.
package enum FlowPattern: String, Hashable, Codable, Sendable, CaseIterable {
    /// The receiver's answer goes back to the sender on the same connection.
    case requestReply
    /// The sender gets 202 when the message is stored; it is delivered afterwards.
    case oneWay
    /// The sender gets 202 when the receiver took the message, or the fault that came instead.
    case oneWayRobust

    /// Whether the sender waits until the receiver has answered.
    package var isSynchronous: Bool { self != .oneWay }
}

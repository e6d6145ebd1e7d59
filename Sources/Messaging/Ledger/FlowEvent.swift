/// What happens to messages on a flow, as the flow's counters tell apart.
package enum FlowEvent: String, Hashable, Codable, Sendable, CaseIterable {
    /// A message arrived from the sender, whatever became of it.
    case arrived
    /// It was answered with 2xx.
    case accepted
    /// It was refused for what it is: its security, its form, its size.
    case refused
    /// It was refused because its signature or nonce was accepted before.
    case replayed
    /// It was accepted before, and was answered the same again without being delivered again.
    case duplicate
    /// It was asked to come again: the flow was not deployed, or the receiver was not reached.
    case turnedAway
    /// The receiver took a message.
    case delivered
    /// The receiver answered with a fault.
    case faulted
}

/// What the flow counters count apart.
package struct FlowAccount: Hashable, Sendable {
    /// The flow.
    package let flow: FlowID
    /// What happened.
    package let event: FlowEvent

    package init(flow: FlowID, event: FlowEvent) {
        self.flow = flow
        self.event = event
    }
}

/// The messages of one flow, by what became of them.
package struct FlowSummary: Hashable, Sendable {
    /// The flow.
    package let flow: FlowID
    /// Accepted with a 2xx answer.
    package var accepted = 0
    /// Taken by the receiver.
    package var delivered = 0
    /// Stored and to be delivered: waiting, in delivery, or held.
    package var stored = 0
    /// Kept with the reason why they could not be delivered.
    package var failed = 0
    /// Not accepted: refused for what they are, answered with a fault, or asked to come again.
    package var refused = 0
    /// Among the refused: their signature or nonce was accepted before.
    package var replayed = 0
    /// Accepted before: answered again, not delivered again.
    package var duplicates = 0
    /// Under way at this moment.
    package var inFlight = 0

    /// No messages.
    package init(flow: FlowID) {
        self.flow = flow
    }
}

/// The messages of one flow since the tenant was set up, by what became of them (`GET /messages/summary`).
package struct MessageSummary: Codable, Sendable, Hashable {
    /// The integration flow.
    package var flow: String
    /// Accepted with a 2xx answer.
    package var accepted: Int
    /// Delivered to the receiver.
    package var delivered: Int
    /// Stored and waiting for delivery.
    package var stored: Int
    /// Kept with the reason why they cannot be delivered.
    package var failed: Int
    /// Refused: bad security, or the flow was not deployed.
    package var refused: Int
    /// Among the refused: their signature or nonce was accepted before.
    package var replayed: Int
    /// Accepted before: answered again, not delivered again.
    package var duplicates: Int
    /// Under way at this moment.
    package var inFlight: Int

    /// The counts of one flow.
    package init(
        flow: String,
        accepted: Int,
        delivered: Int,
        stored: Int,
        failed: Int,
        refused: Int,
        replayed: Int,
        duplicates: Int,
        inFlight: Int
    ) {
        self.flow = flow
        self.accepted = accepted
        self.delivered = delivered
        self.stored = stored
        self.failed = failed
        self.refused = refused
        self.replayed = replayed
        self.duplicates = duplicates
        self.inFlight = inFlight
    }
}

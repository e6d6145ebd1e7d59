package import FoundationEssentials

/// What is remembered of one accepted message, so that it is known when it comes again.
package struct ReplayEntry: Hashable, Sendable {
    /// What its signatures and nonces are known by: digests of 32 octets (`ReplayMark`).
    package let marks: [[UInt8]]
    /// The flow that accepted it.
    package let flow: FlowID
    /// The stored message that it became; `nil` when it was passed on at once.
    package var message: String?
    /// Until when its timestamp would let it in again.
    package let expiresAt: Date

    package init(marks: [[UInt8]], flow: FlowID, message: String? = nil, expiresAt: Date) {
        self.marks = marks
        self.flow = flow
        self.message = message
        self.expiresAt = expiresAt
    }
}

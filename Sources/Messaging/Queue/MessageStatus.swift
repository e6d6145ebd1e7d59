/// Where a message stands, in the words that people see.
package enum MessageStatus: String, Hashable, Sendable, CaseIterable {
    /// Accepted, and on its way.
    case processing
    /// An attempt failed; another one follows.
    case retry
    /// Its flow is held or undeployed.
    case held
    /// The receiver took it.
    case completed
    /// The guaranteed delivery time is over; somebody must decide.
    case failed
    /// An operator gave it up.
    case discarded
}

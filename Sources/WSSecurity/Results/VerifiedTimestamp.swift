public import FoundationEssentials

/// A timestamp that was in time; whether it was signed too is said by the signatures' parts.
public struct VerifiedTimestamp: Hashable, Sendable {
    /// When the message was made.
    public let createdAt: Date
    /// When it ends, if it says so.
    public let expiresAt: Date?

    init(createdAt: Date, expiresAt: Date?) {
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}

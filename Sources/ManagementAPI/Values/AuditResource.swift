package import Foundation

/// An entry of the hash-chained audit log (`GET /audit`).
package struct AuditResource: Codable, Sendable, Hashable {
    /// Counted from 1 without gaps.
    package var sequence: Int
    /// When it was written.
    package var at: Date
    /// Who acted.
    package var actor: String
    /// What was done or refused, such as `key.exchange`.
    package var action: String
    /// To what it was done.
    package var subject: String
    /// The facts.
    package var detail: String
    /// The hash of the entry before, hexadecimal.
    package var previousHash: String
    /// The hash over this entry and the one before, hexadecimal.
    package var hash: String

    /// An entry of the audit log.
    package init(
        sequence: Int,
        at: Date,
        actor: String,
        action: String,
        subject: String,
        detail: String,
        previousHash: String,
        hash: String
    ) {
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.detail = detail
        self.previousHash = previousHash
        self.hash = hash
    }
}

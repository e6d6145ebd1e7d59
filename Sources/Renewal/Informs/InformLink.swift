package import FoundationEssentials

/// What a link in a mail lets its reader do: acknowledge one notification in one role, once, for a time.
///
/// The token in the link is not kept, only its SHA-256 digest.
package struct InformLink: Hashable, Sendable {
    /// SHA-256 of the token, 32 octets.
    package let digest: [UInt8]
    /// What may be acknowledged; it names the one step, too.
    package let notification: RenewalNotification.ID
    /// In whose name: the person (or desk) that the mail went to, with the addressee's role and organisation.
    package let actor: Actor
    /// After this it opens nothing.
    package let expiresAt: Date
    /// When it was used; `nil` before.
    package let usedAt: Date?

    package init(
        digest: [UInt8],
        notification: RenewalNotification.ID,
        actor: Actor,
        expiresAt: Date,
        usedAt: Date? = nil
    ) {
        self.digest = digest
        self.notification = notification
        self.actor = actor
        self.expiresAt = expiresAt
        self.usedAt = usedAt
    }
}

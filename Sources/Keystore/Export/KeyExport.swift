package import FoundationEssentials

/// Two persons' decision to let a private key out, encrypted: asked for, approved by another, collected once.
package struct KeyExport: Hashable, Sendable {
    /// How long a request waits for its approval.
    package static let patience = Duration.seconds(86_400)
    /// How long an approved key can be collected.
    package static let collectionTime = Duration.seconds(3600)

    /// Its name.
    package let id: String
    /// Whose private key.
    package let version: KeyVersionID
    /// What for.
    package let reason: String
    /// Who asked, and will collect it.
    package let requestedBy: String
    /// When.
    package let requestedAt: Date
    /// Who approved; `nil` while nobody has.
    package var approvedBy: String?
    /// When.
    package var approvedAt: Date?
    /// When it was collected.
    package var collectedAt: Date?

    /// An export as it is stored.
    package init(
        id: String,
        version: KeyVersionID,
        reason: String,
        requestedBy: String,
        requestedAt: Date,
        approvedBy: String? = nil,
        approvedAt: Date? = nil,
        collectedAt: Date? = nil
    ) {
        self.id = id
        self.version = version
        self.reason = reason
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
        self.approvedBy = approvedBy
        self.approvedAt = approvedAt
        self.collectedAt = collectedAt
    }

    /// Where it stands.
    package enum Status: String, Sendable, CaseIterable {
        /// Another person must approve.
        case requested
        /// It can be collected.
        case approved
        /// It was collected.
        case collected
        /// Too much time went by.
        case lapsed
    }

    /// Where it stands at `now`.
    package func status(at now: Date) -> Status {
        if collectedAt != nil { return .collected }
        return now < end ? (approvedAt == nil ? .requested : .approved) : .lapsed
    }

    /// Until when its next act is possible.
    package var end: Date {
        let (start, time) = approvedAt.map { ($0, Self.collectionTime) } ?? (requestedAt, Self.patience)
        return start.addingTimeInterval(Double(time.components.seconds))
    }
}

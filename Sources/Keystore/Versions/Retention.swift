package import FoundationEssentials

/// How long a version is kept after it was last in use.
package struct Retention: Hashable, Sendable {
    /// No version is kept for less: 90 days.
    package static let leastDays = 90

    /// The length in days.
    package let days: Int

    /// Keeps versions for `days`, and never for less than `leastDays`.
    package init(days: Int = leastDays) {
        self.days = max(Self.leastDays, days)
    }

    /// The first moment at which `version` may be destroyed; `nil` while it is in use or accepted.
    package func end(of version: KeyVersion) -> Date? {
        guard version.state.canBecome(.destroyed) else { return nil }
        // A version that never was in use counts from when it stopped being accepted.
        guard let start = version.exchangedAt ?? version.stoppedAcceptingAt else { return nil }
        let end = start.addingTimeInterval(Double(days) * 86_400)
        return max(end, version.stoppedAcceptingAt ?? end)
    }
}

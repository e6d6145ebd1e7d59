package import FoundationEssentials

/// The planned start and end of a downtime.
package struct DowntimeWindow: Hashable, Codable, Sendable {
    /// Traffic stops from here on.
    package let start: Date
    /// Traffic is to flow again by then.
    package let end: Date

    package init(start: Date, end: Date) {
        self.start = start
        self.end = end
    }

    /// Whether the other window lies inside this one.
    func contains(_ other: DowntimeWindow) -> Bool { start <= other.start && other.end <= end }

    /// What both windows have in common; it ends before it starts when that is nothing.
    func intersection(_ other: DowntimeWindow) -> DowntimeWindow {
        DowntimeWindow(start: max(start, other.start), end: min(end, other.end))
    }
}

package import FoundationEssentials

/// That a certificate ends within so many days: said once for each threshold.
package struct ExpiryNotice: Hashable, Sendable {
    /// Whose certificate.
    package let version: KeyVersionID
    /// When it ends.
    package let notAfter: Date
    /// The threshold in days; 0 when it has ended.
    package let days: Int

    /// A notice as it is stored.
    package init(version: KeyVersionID, notAfter: Date, days: Int) {
        self.version = version
        self.notAfter = notAfter
        self.days = days
    }
}

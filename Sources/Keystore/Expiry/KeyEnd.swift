package import FoundationEssentials

/// When the certificate of an accepted version ends.
package struct KeyEnd: Hashable, Sendable {
    /// Which version.
    package let version: KeyVersionID
    /// Where it is in its life.
    package let state: KeyVersionState
    /// The last moment of its leaf certificate.
    package let notAfter: Date

    /// An end as a store finds it.
    package init(version: KeyVersionID, state: KeyVersionState, notAfter: Date) {
        self.version = version
        self.state = state
        self.notAfter = notAfter
    }
}

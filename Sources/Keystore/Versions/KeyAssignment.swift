/// Which version of an alias protects messages of one partner, where that is not the active one alone.
///
/// While a partner has none, the alias's active version protects. So exactly one version is the current one for each
/// partner at any time: the assigned one of `.instead`, else the active one.
package struct KeyAssignment: Hashable, Sendable {
    /// How the version is used.
    package enum Manner: String, Hashable, Codable, Sendable, CaseIterable {
        /// In place of the active version.
        case instead
        /// Beside the active version: messages carry two signatures, or are encrypted for two recipients.
        case beside
    }

    /// The version, staged until the alias itself is exchanged.
    package let version: KeyVersionID
    /// Whose messages it protects.
    package let partner: PartnerID
    /// How.
    package let manner: Manner

    package init(version: KeyVersionID, partner: PartnerID, manner: Manner) {
        self.version = version
        self.partner = partner
        self.manner = manner
    }
}

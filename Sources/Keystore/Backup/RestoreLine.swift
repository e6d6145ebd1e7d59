/// What a restore does with one version of a backup, or with its assignment to one partner.
package struct RestoreLine: Hashable, Sendable {
    /// What is done.
    package enum Act: String, Sendable {
        /// It is missing here, and comes back.
        case add
        /// It is here as it was.
        case same
        /// It is here in another state, and stays as it is here.
        case keep
        /// It cannot come back.
        case refuse
    }

    /// The version.
    package let id: KeyVersionID
    /// Whose messages it is assigned to; `nil` when the line is about the version itself.
    package var partner: PartnerID?
    /// What is done.
    package let act: Act
    /// In which state it is in the backup.
    package let backedUp: KeyVersionState
    /// In which state it is here afterwards; `nil` when it is not here.
    package let state: KeyVersionState?
    /// Why, for people.
    package let reason: String
}

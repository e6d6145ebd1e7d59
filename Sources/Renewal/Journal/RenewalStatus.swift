/// How far a renewal is.
package enum RenewalStatus: String, Hashable, Codable, Sendable, CaseIterable {
    /// The plan is made, nothing has begun.
    case planned
    /// Steps are under way.
    case running
    /// A step failed; only a rollback or an override goes on.
    case blocked
    /// The new key is in use, the old one is on its way out.
    case draining
    /// The old key is out of use and kept.
    case retaining
    /// Every step is done.
    case completed
    /// The old key is in use again.
    case rolledBack
    /// Given up before the exchange.
    case aborted
    /// Ended because a version of the alias became known to others.
    case compromised

    /// Whether nothing more will happen.
    package var isFinal: Bool {
        switch self {
        case .completed, .rolledBack, .aborted, .compromised: true
        case .planned, .running, .blocked, .draining, .retaining: false
        }
    }

    /// Whether the alias is taken, so that no other renewal or exchange of it may begin.
    package var holdsAlias: Bool {
        switch self {
        case .running, .blocked, .draining: true
        case .planned, .retaining, .completed, .rolledBack, .aborted, .compromised: false
        }
    }
}

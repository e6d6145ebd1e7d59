package import FoundationEssentials
package import Keystore
import Synchronization

/// How often key versions signed TLS handshakes, since the process began.
///
/// Handshakes belong to no flow and may be many for nothing, so they are counted in memory and not in the key-use ledger.
package final class TLSUses: Sendable {
    /// The end of a connection.
    package enum End: String, Hashable, Sendable, CaseIterable {
        /// A listener.
        case server
        /// The tenant before a receiver.
        case client
    }

    /// What is counted apart.
    package struct Account: Hashable, Sendable {
        /// The version that signed.
        package let version: KeyVersionID
        /// At which end.
        package let end: End
    }

    /// How often, and when last.
    package struct Tally: Hashable, Sendable {
        /// How often.
        package fileprivate(set) var count = 0
        /// When last.
        package fileprivate(set) var lastAt = Date.distantPast
    }

    private let counted = Mutex<[Account: Tally]>([:])

    /// Nothing was counted yet.
    package init() {}

    /// What was counted.
    package var tallies: [Account: Tally] { counted.withLock { $0 } }

    func count(_ version: KeyVersionID, _ end: End, at now: Date) {
        counted.withLock { counted in
            var tally = counted[Account(version: version, end: end), default: Tally()]
            tally.count += 1
            tally.lastAt = max(tally.lastAt, now)
            counted[Account(version: version, end: end)] = tally
        }
    }
}

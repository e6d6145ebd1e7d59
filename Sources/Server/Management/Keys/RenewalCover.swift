import Keystore
import Renewal

/// Keeps acts outside of renewals away from keys that a renewal is at work on.
enum RenewalCover {
    /// Refuses when a renewal of `alias` is in a state that `covers`.
    static func check(
        _ alias: KeyAlias,
        _ transaction: any RenewalTransaction,
        covers: (RenewalStatus) -> Bool
    ) throws {
        for renewal in try transaction.renewals(.of(alias)) where covers(renewal.status) {
            throw Refusal(
                .coveredByRenewal,
                "the renewal \(renewal.id) covers \(alias)",
                remedy: "do it as a step of that renewal, or abort it first"
            )
        }
    }
}

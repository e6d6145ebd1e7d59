import FoundationEssentials
import Timekeeping

extension RenewalEngine {
    /// Goes on with the renewals that are due, as far as facts and clocks allow; does nothing when nothing changed.
    ///
    /// Due are those whose clock has come, those whose key the ledger counted a use of, and those that wait for what
    /// nobody tells; `all` looks at every one that is not over, as after a restart. A renewal that cannot go on does not
    /// hold up the others; the first error is thrown at the end.
    package func tick(all: Bool = false) async throws {
        var failure: (any Error)?
        for renewal in try await all ? unfinished() : due() {
            do {
                try await settle(renewal)
            } catch {
                failure = failure ?? error
            }
        }
        if let failure { throw failure }
    }

    /// At most so many renewals are looked at in one tick; the rest is due in the next one.
    private static let tickLimit = 1_000

    private func due() async throws -> [RenewalID] {
        // Whether a key was used is read from the ledger, which the runtime keeps in memory for a moment.
        _ = try await runtime.acknowledgedGeneration()
        let now = clock.now
        let horizon = now.advanced(by: RenewalSession.idleLookInterval)
        return try await store.read { try $0.dueRenewals(at: now, horizon: horizon, limit: Self.tickLimit) }
    }

    private func unfinished() async throws -> [RenewalID] {
        try await store.read { try $0.renewals(RenewalQuery()).filter { $0.nextLookAt != nil }.map(\.id) }
    }
}

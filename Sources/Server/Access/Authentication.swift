import FoundationEssentials
import Messaging
import Renewal
import Synchronization
package import Timekeeping

/// Finds out who calls the management API.
package final class Authentication: Sendable {
    private let accounts: [Account]
    private let clock: any WallClock
    private let throttle = Mutex(LoginThrottle())

    /// Recognises the persons of `accounts`.
    package init(accounts: [Account], clock: any WallClock) {
        self.accounts = accounts
        self.clock = clock
    }

    /// The person whose token is in `authorization` (the header's value), called from `address`.
    ///
    /// - Throws: a refusal with `unauthenticated` or `throttled`, the same for every wrong token.
    func actor(authorization: String?, from address: String) throws(Refusal) -> Actor {
        let token = authorization.flatMap(Self.bearerToken)
        let actor = token.flatMap { Account.opened(by: $0, among: accounts)?.actor }
        let now = clock.now
        let isThrottled = throttle.withLock { $0.isThrottled(address, name: actor?.name, now: now) }
        guard !isThrottled else { throw .throttled }
        guard let actor else {
            throttle.withLock { $0.failed(address, now: now) }
            throw .unauthenticated
        }
        throttle.withLock { $0.succeeded(address, name: actor.name) }
        return actor
    }

    /// The token in the header's value; nil when there is none.
    static func bearerToken(in header: String) -> String? {
        let parts = header.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}

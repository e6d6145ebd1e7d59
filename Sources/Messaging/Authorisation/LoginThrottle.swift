package import FoundationEssentials

/// Slows down who guesses tokens or passwords: after so many failures within the window an address has to wait.
///
/// Persons who were recognised from an address before are not locked out by another's failures from there.
package struct LoginThrottle: Sendable {
    private static let failureLimit = 10
    private static let window: TimeInterval = 60
    private static let addressLimit = 10_000

    private struct Address {
        var failures: [Date] = []
        var recognised: Set<String> = []
    }

    private var addresses: [String: Address] = [:]

    /// A throttle that nobody has failed at yet.
    package init() {}

    /// Whether `address` failed too often before `now` for `name`, nil when the token is nobody's.
    package func isThrottled(_ address: String, name: String?, now: Date) -> Bool {
        guard let known = addresses[address] else { return false }
        if let name, known.recognised.contains(name) { return false }
        return known.failures.count { now.timeIntervalSince($0) < Self.window } >= Self.failureLimit
    }

    /// Notes a token that is nobody's.
    package mutating func failed(_ address: String, now: Date) {
        forgetSome()
        var known = addresses[address, default: Address()]
        known.failures.removeAll { now.timeIntervalSince($0) >= Self.window }
        if known.failures.count < Self.failureLimit { known.failures.append(now) }
        addresses[address] = known
    }

    /// Notes that `name` was recognised.
    package mutating func succeeded(_ address: String, name: String) {
        forgetSome()
        addresses[address, default: Address()].recognised.insert(name)
    }

    private mutating func forgetSome() {
        if addresses.count >= Self.addressLimit { addresses.removeAll() }
    }
}

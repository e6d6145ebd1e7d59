/// Whether the tenant may be given messages (`GET /readyz`): 200 when it may, else 503.
package struct ReadinessResource: Codable, Sendable, Hashable {
    /// One condition.
    package struct Check: Codable, Sendable, Hashable {
        /// `store`, `keyring`, `listeners` or `draining`.
        package var name: String
        /// Whether it holds.
        package var ok: Bool
        /// Why it does not hold.
        package var cause: String?

        /// A condition.
        package init(name: String, ok: Bool, cause: String?) {
            self.name = name
            self.ok = ok
            self.cause = cause
        }
    }

    /// Whether all conditions hold.
    package var ready: Bool
    /// The conditions.
    package var checks: [Check]

    /// What was found.
    package init(ready: Bool, checks: [Check]) {
        self.ready = ready
        self.checks = checks
    }
}

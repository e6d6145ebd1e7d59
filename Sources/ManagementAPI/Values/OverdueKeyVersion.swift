package import Foundation

/// A key version whose keeping time is over and that is not destroyed yet (`GET /destructions`).
package struct OverdueKeyVersion: Codable, Sendable, Hashable {
    /// The key.
    package var alias: String
    /// The version.
    package var version: Int
    /// `retired` or `compromised`.
    package var state: String
    /// Whether the keystore holds its private key.
    package var hasPrivateKey: Bool
    /// Since when it may be destroyed.
    package var since: Date
    /// Who asked for it already, so that another person's word is missing; nil when nobody has.
    package var requestedBy: String?
    /// The renewal whose step it is; nil when it is none's.
    package var renewal: String?
    /// What destroys it, given by two persons.
    package var command: String

    /// A version to destroy.
    package init(
        alias: String,
        version: Int,
        state: String,
        hasPrivateKey: Bool,
        since: Date,
        requestedBy: String?,
        renewal: String?,
        command: String
    ) {
        self.alias = alias
        self.version = version
        self.state = state
        self.hasPrivateKey = hasPrivateKey
        self.since = since
        self.requestedBy = requestedBy
        self.renewal = renewal
        self.command = command
    }
}

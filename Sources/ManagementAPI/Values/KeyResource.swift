package import Foundation

/// An alias of the tenant keystore with its versions, oldest first (`GET /keys/{alias}`).
package struct KeyResource: Codable, Sendable, Hashable {
    /// The name by which integration flows refer to the key.
    package var alias: String
    /// `tenant`, or the id of the partner whose certificate this is.
    package var owner: String
    /// The version that protects messages now; nil when none does.
    package var activeVersion: Int?
    /// All versions, oldest first.
    package var versions: [Version]

    /// An alias and its versions.
    package init(alias: String, owner: String, activeVersion: Int?, versions: [Version]) {
        self.alias = alias
        self.owner = owner
        self.activeVersion = activeVersion
        self.versions = versions
    }

    /// One version of an alias.
    ///
    /// What the certificate says is empty or nil while the version is `pending`.
    package struct Version: Codable, Sendable, Hashable {
        /// Counted from 1.
        package var number: Int
        /// `pending`, `staged`, `active`, `retiring`, `retired`, `destroyed` or `compromised`.
        package var state: String
        /// Whether the keystore, or a token of the tenant, holds the private key.
        package var hasPrivateKey: Bool
        /// Where in a token the private key lies, for people; nil when the keystore holds it.
        package var token: String?
        /// Algorithm and size, such as `RSA 2048`.
        package var key: String
        /// RFC 4514.
        package var subject: String
        /// RFC 4514.
        package var issuer: String
        /// Decimal.
        package var serialNumber: String
        /// SHA-256 of the certificate, hexadecimal with colons.
        package var fingerprint: String
        /// Start of the certificate's validity.
        package var notBefore: Date?
        /// End of the certificate's validity.
        package var notAfter: Date?
        /// When the version was made or imported.
        package var createdAt: Date
        /// When it became active.
        package var activatedAt: Date?
        /// When it stopped being active.
        package var exchangedAt: Date?
        /// When it stopped being accepted.
        package var stoppedAcceptingAt: Date?
        /// When its private key was erased.
        package var destroyedAt: Date?

        /// A version without its moments and certificate, which the caller sets.
        package init(number: Int, state: String, hasPrivateKey: Bool, createdAt: Date) {
            self.number = number
            self.state = state
            self.hasPrivateKey = hasPrivateKey
            key = ""
            subject = ""
            issuer = ""
            serialNumber = ""
            fingerprint = ""
            self.createdAt = createdAt
        }
    }
}

import Cryptography
import FoundationEssentials

/// A partner's or the tenant's own system that is told by HTTP.
package struct Webhook: Sendable {
    /// How the configuration calls it.
    package let name: String
    /// Where it takes events.
    package let url: String
    /// What it recognises us by, at least 24 octets.
    let secret: SecretKey
    /// A PEM file of the authorities to trust, and no others; `nil` for the system's.
    let trust: String?

    /// A webhook whose secret is `whsec_` and Base64, as Standard Webhooks writes it, or any text of 24 octets or more.
    ///
    /// `nil` when the secret is shorter or no Base64.
    package init?(name: String, url: String, secret text: String, trust: String?) {
        let prefix = "whsec_"
        let octets = text.hasPrefix(prefix) ? Base64.decode(text.dropFirst(prefix.count)) : Array(text.utf8)
        guard let octets, octets.count >= Self.leastOctets else { return nil }
        self.name = name
        self.url = url
        self.trust = trust
        secret = SecretKey(copying: octets)
    }

    private static let leastOctets = 24

    /// The value of `webhook-signature` (Standard Webhooks 1.0): `v1,` and the HMAC-SHA256 over id, moment and body.
    package func signature(id: String, timestamp: Int, body: [UInt8]) throws -> String {
        let code = try secret.authenticate(Array("\(id).\(timestamp).".utf8) + body, by: .sha256)
        return "v1," + Base64.encode(code)
    }
}

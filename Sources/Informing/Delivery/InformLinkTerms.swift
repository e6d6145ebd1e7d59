import Cryptography
import FoundationEssentials
import Renewal

/// Where links lead, and how long they work.
package struct InformLinkTerms: Hashable, Sendable {
    /// The path below the base.
    package static let path = "acknowledge"

    /// The address under which partners reach the management listener, without a slash at its end.
    package let base: String
    /// How long a link works.
    package let lifetime: Duration

    package init(base: String, lifetime: Duration) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.lifetime = lifetime
    }

    /// A link that works from now on: its token is 256 random bits in the URL-safe alphabet (RFC 4648, section 5).
    func freshLink(at now: Date) -> FreshLink {
        let token = Base64.encode(SecureRandom.octets(count: 32))
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        return FreshLink(
            url: "\(base)/\(Self.path)/\(token)",
            digest: Self.digest(of: token),
            expiresAt: now.addingTimeInterval(lifetime.timeInterval)
        )
    }

    /// What is kept of a token.
    package static func digest(of token: String) -> [UInt8] {
        DigestAlgorithm.sha256.digest(of: Array(token.utf8))
    }
}

/// A link of one mail, and what is kept of it.
struct FreshLink: Sendable {
    let url: String
    /// SHA-256 of its token.
    let digest: [UInt8]
    let expiresAt: Date
}

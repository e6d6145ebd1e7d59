import Cryptography
import FoundationEssentials

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

    /// A fresh token: 256 random bits in the URL-safe alphabet (RFC 4648, section 5), and what is kept of it.
    static func token() -> (text: String, digest: [UInt8]) {
        let text = Base64.encode(SecureRandom.octets(count: 32))
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        return (text, digest(of: text))
    }

    /// What is kept of a token.
    package static func digest(of token: String) -> [UInt8] {
        DigestAlgorithm.sha256.digest(of: Array(token.utf8))
    }

    /// The link with this token.
    func url(_ token: String) -> String { "\(base)/\(Self.path)/\(token)" }
}

import Cryptography

/// What stays the same when a message is sent again, whatever is changed on the way that no key protects.
///
/// For a signature that is the canonical form of what it signs, not its value: whoever sees the value of an ECDSA
/// signature can make another one that is valid too.
public struct ReplayMark: Hashable, Sendable {
    /// The SHA-256 that stands for it in a store; 32 octets.
    public let digest: [UInt8]

    /// The mark with the digest that a store kept.
    public init(digest: [UInt8]) { self.digest = digest }

    /// The mark of a signature: who signed, and the SHA-256 of the canonical `ds:SignedInfo`.
    package init(signedInfo: [UInt8], signer: [UInt8]) {
        self.init("signature", signer, signedInfo)
    }

    /// The mark of a user's nonce (UsernameToken Profile 1.1.1 section 3.1).
    package init(nonce: [UInt8], user: String) {
        self.init("nonce", Array(user.utf8), nonce)
    }

    /// Each part with its length before it, so that no two lists of parts read the same.
    private init(_ kind: String, _ owner: [UInt8], _ value: [UInt8]) {
        var digester = Digester(.sha256)
        for part in [Array(kind.utf8), owner, value] {
            digester.update(Array("\(part.count):".utf8))
            digester.update(part)
        }
        digest = digester.finalize()
    }
}

import Cryptography
package import Renewal

/// A person who may use the management API, known by the SHA-256 digest of a bearer token (RFC 6750).
package struct Account: Sendable {
    /// Who it is, in which role and organisation.
    package let actor: Actor
    private let tokenDigest: [UInt8]

    /// The account of `actor`; the token itself is not kept.
    package init(actor: Actor, token: String) {
        self.actor = actor
        tokenDigest = Self.digest(of: token)
    }

    /// The account that `token` opens; every account is compared, in constant time.
    static func opened(by token: String, among accounts: [Account]) -> Account? {
        let digest = digest(of: token)
        return accounts.reduce(nil) { found, account in
            ConstantTime.equal(account.tokenDigest, digest) ? account : found
        }
    }

    private static func digest(of token: String) -> [UInt8] {
        DigestAlgorithm.sha256.digest(of: Array(token.utf8))
    }
}

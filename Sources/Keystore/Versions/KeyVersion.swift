package import Cryptography
package import FoundationEssentials

/// One version of a key: a key pair with its certificates, or a partner's certificate.
package struct KeyVersion: Hashable, Sendable {
    /// Which version of which key.
    package let id: KeyVersionID
    /// Who holds the private half.
    package let owner: KeyOwner
    /// Where it is in its life.
    package var state: KeyVersionState
    /// Its certificates, leaf first; empty while pending.
    package var chain: [Certificate]
    /// Earlier certificates of the same key, oldest first: messages that name one of them still mean this version.
    package var formerCertificates: [Certificate]
    /// The PKCS#8 private key sealed under the master key for this version; `nil` for a partner's, or when destroyed.
    package var sealedPrivateKey: [UInt8]?
    /// Where the private key lies instead, if in a token; `nil` when destroyed.
    package var tokenKey: TokenKey?
    /// When it was made or imported.
    package let createdAt: Date
    /// When it last became active.
    package var activatedAt: Date?
    /// When it stopped being active.
    package var exchangedAt: Date?
    /// When it stopped being accepted.
    package var stoppedAcceptingAt: Date?
    /// When its private key was erased.
    package var destroyedAt: Date?

    /// A version as it is stored.
    package init(
        id: KeyVersionID,
        owner: KeyOwner,
        state: KeyVersionState,
        chain: [Certificate],
        formerCertificates: [Certificate] = [],
        sealedPrivateKey: [UInt8]?,
        tokenKey: TokenKey? = nil,
        createdAt: Date,
        activatedAt: Date? = nil,
        exchangedAt: Date? = nil,
        stoppedAcceptingAt: Date? = nil,
        destroyedAt: Date? = nil
    ) {
        self.id = id
        self.owner = owner
        self.state = state
        self.chain = chain
        self.formerCertificates = formerCertificates
        self.sealedPrivateKey = sealedPrivateKey
        self.tokenKey = tokenKey
        self.createdAt = createdAt
        self.activatedAt = activatedAt
        self.exchangedAt = exchangedAt
        self.stoppedAcceptingAt = stoppedAcceptingAt
        self.destroyedAt = destroyedAt
    }

    /// The leaf certificate; `nil` while pending.
    package var certificate: Certificate? { chain.first }

    /// The leaf certificate and the former ones; empty while pending.
    package var certificates: [Certificate] { chain.prefix(1) + formerCertificates }

    /// SHA-256 of the leaf certificate for people to compare; `nil` while pending.
    package var fingerprint: String? { certificate?.fingerprint }

    /// Whether the private half is here, or in a token of the tenant.
    package var hasPrivateKey: Bool { sealedPrivateKey != nil || tokenKey != nil }

    /// What the private key is sealed for, so that it opens in no other version's place.
    package var sealingContext: String { "the private key of \(id)" }
}

public import Cryptography

/// `pss:RSAPSSParams` (RFC 9231 section 2.3.9).
public struct RSAPSSParameters: Hashable, Sendable {
    /// The hash of the message.
    public let digest: DigestAlgorithm
    /// The hash of MGF1.
    public let mask: DigestAlgorithm
    /// The length of the salt in octets.
    public let saltOctetCount: Int

    /// The longest salt that is read: that of the longest hash.
    static let saltLimit = 64

    /// Parameters; the mask has the message's hash and the salt is a digest long unless told otherwise.
    public init(_ digest: DigestAlgorithm, mask: DigestAlgorithm? = nil, saltOctetCount: Int? = nil) {
        self.digest = digest
        self.mask = mask ?? digest
        self.saltOctetCount = saltOctetCount ?? digest.octetCount
    }

    /// What is computed.
    var algorithm: SignatureAlgorithm { .rsaPSS(digest: digest, mgf: mask, saltOctetCount: saltOctetCount) }
}

extension RSAPSSParameters: CustomStringConvertible {
    /// Such as `SHA-256, mask SHA-256, salt of 32 octets`.
    public var description: String { "\(digest), mask \(mask), salt of \(saltOctetCount) octets" }
}

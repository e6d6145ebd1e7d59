/// The concatenation key derivation function (NIST SP 800-56A section 5.8.2.1, XML Encryption 1.1 section 5.4.1).
package enum ConcatKDF {
    /// The most octets that are derived.
    package static let octetLimit = KeyDerivation.octetLimit

    /// A key of `octetCount` octets from a shared secret; `otherInfo` are the parts of `OtherInfo` one after the other.
    package static func derive(
        from secret: borrowing SecretOctets,
        digest: DigestAlgorithm,
        otherInfo: [UInt8],
        octetCount: Int
    ) throws(CryptographyError) -> SecretOctets {
        try KeyDerivation.derive(by: "SSKDF", from: secret, digest: digest, info: otherInfo, octetCount: octetCount)
    }
}

/// The extract-and-expand key derivation function of RFC 5869.
package enum HKDF {
    /// The most octets that are derived.
    package static let octetLimit = KeyDerivation.octetLimit

    /// A key of `octetCount` octets from a secret; without `salt` as many zeros as a digest has octets are taken.
    package static func derive(
        from secret: borrowing SecretOctets,
        digest: DigestAlgorithm,
        salt: [UInt8],
        info: [UInt8],
        octetCount: Int
    ) throws(CryptographyError) -> SecretOctets {
        try KeyDerivation.derive(
            by: "HKDF",
            from: secret,
            digest: digest,
            salt: salt,
            info: info,
            octetCount: octetCount
        )
    }
}

/// A private key that a device holds, such as an HSM: it computes there, and its octets never come here.
///
/// Failures of the device are `deviceFailed`, with the cause and the mend.
package protocol DeviceKey: Sendable {
    /// The device for people, such as `the token 'hsm'`.
    var device: String { get }

    /// The signature over `octets`: the digest, or for algorithms that take it the message itself.
    ///
    /// RSA: as long as the modulus; ECDSA: `r` and `s` in fixed width. The key is of the algorithm's family.
    func sign(_ octets: [UInt8], by algorithm: SignatureAlgorithm) throws(CryptographyError) -> [UInt8]

    /// The plain RSA operation (RSADP of RFC 8017 section 5.1.2) on as many octets as the modulus; `nil` where the device does
    /// not do it. Throws `decryptionFailed` for what the device says of the octets.
    func decipher(_ block: [UInt8]) throws(CryptographyError) -> SecretOctets?

    /// Opens RSAES-OAEP with an empty label (RFC 8017 section 7.1.2) in the device; throws `decryptionFailed` as above.
    func openOAEP(
        _ wrapped: [UInt8],
        digest: DigestAlgorithm,
        mgf: DigestAlgorithm
    ) throws(CryptographyError) -> SecretOctets

    /// The secret shared with `other`, a point on the key's curve (NIST SP 800-56A section 5.7.1.2).
    func agree(with other: PublicKey) throws(CryptographyError) -> SecretOctets
}

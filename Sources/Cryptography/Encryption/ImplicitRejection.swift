/// What comes out of RSAES-PKCS1-v1_5 (RFC 8017 section 7.2) when the length of the secret is known: always a secret.
///
/// Padding that is broken yields the octets of a pseudorandom function of key and ciphertext instead, by the same
/// operations, so neither a fault nor time tells them apart (Bleichenbacher 1998; draft-irtf-cfrg-rsa-guidance). The same
/// ciphertext yields the same octets for as long as the process lives.
enum ImplicitRejection {
    /// Padding before the secret: two octets, eight of filler at least, a zero.
    static let leastPaddingOctetCount = 11
    /// The longest secret: what one HMAC gives.
    static let secretLimit = DigestAlgorithm.sha512.octetCount

    private static let seed = SecretKey(SecureRandom.secret(count: 32))

    /// The last `count` octets of the block `encoded` where its padding is that of a secret of `count` octets, else those
    /// of the function; `nil` when so much does not fit.
    static func secret(
        of count: Int,
        from encoded: borrowing SecretOctets,
        wrapped: [UInt8],
        key: PublicKey
    ) -> SecretOctets? {
        guard (1...secretLimit).contains(count), encoded.count >= count + leastPaddingOctetCount else { return nil }
        let substitute = seed.withSecret { seed -> SecretOctets? in
            guard var code = try? HMAC(.sha512, key: seed) else { return nil }
            code.update(key.spki)
            code.update(wrapped)
            var octets = code.finalize()
            return SecretOctets(moving: &octets)
        }
        guard let substitute else { return nil }
        return encoded.withUnsafeBytes { encoded in
            let end = encoded.count - count
            var mask = ConstantTime.isZero(encoded[0]) & ConstantTime.isEqual(encoded[1], 2)
            for index in 2..<(end - 1) { mask &= ~ConstantTime.isZero(encoded[index]) }
            mask &= ConstantTime.isZero(encoded[end - 1])
            return substitute.withUnsafeBytes { substitute in
                SecretOctets(count: count) { output in
                    for index in 0..<count {
                        output[index] = ConstantTime.select(mask, encoded[end + index], substitute[index])
                    }
                }
            }
        }
    }
}

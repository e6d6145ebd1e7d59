import COpenSSL

/// The secret numbers of a private key, for a device that is to hold it; the public ones are those of its public half.
package enum PrivateNumbers: Sendable {
    /// RSA in the form of RFC 8017 section 3.2, big-endian.
    case rsa(RSA)
    /// The number of an EC key in the width of the curve's order (RFC 5915 section 3), or the 32 octets of an Ed25519 or X25519
    /// key (RFC 8410 section 7).
    case octets(SecretKey)

    /// What an RSA key has besides modulus and public exponent.
    package struct RSA: Sendable {
        /// The private exponent, d.
        package let exponent: SecretKey
        /// The primes, p and q.
        package let primes: (SecretKey, SecretKey)
        /// The exponents of each prime, dP and dQ.
        package let exponents: (SecretKey, SecretKey)
        /// The coefficient, qInv.
        package let coefficient: SecretKey
    }
}

extension PrivateKey {
    /// The key's secret numbers.
    ///
    /// Throws `deviceFailed` for a key that does not leave its device, and `operationFailed` for one that lacks some.
    package func secretNumbers() throws(CryptographyError) -> PrivateNumbers {
        let handle = try exportable()
        switch algorithm {
        case .rsa:
            let numbers = try PrivateNumbers.RSA(
                exponent: Self.number(OSSL_PKEY_PARAM_RSA_D, of: handle),
                primes: (
                    Self.number(OSSL_PKEY_PARAM_RSA_FACTOR + "1", of: handle),
                    Self.number(OSSL_PKEY_PARAM_RSA_FACTOR + "2", of: handle)
                ),
                exponents: (
                    Self.number(OSSL_PKEY_PARAM_RSA_EXPONENT + "1", of: handle),
                    Self.number(OSSL_PKEY_PARAM_RSA_EXPONENT + "2", of: handle)
                ),
                coefficient: Self.number(OSSL_PKEY_PARAM_RSA_COEFFICIENT + "1", of: handle)
            )
            return .rsa(numbers)
        case .ec(let curve):
            return try .octets(
                Self.number(OSSL_PKEY_PARAM_PRIV_KEY, of: handle, octetCount: curve.orderOctetCount)
            )
        case .ed25519, .x25519: return try .octets(Self.rawOctets(of: handle))
        case .other(let name): throw .unsupportedKey(name)
        }
    }

    private static func number(
        _ name: String,
        of handle: KeyHandle,
        octetCount: Int? = nil
    ) throws(CryptographyError) -> SecretKey {
        var number: OpaquePointer?
        guard EVP_PKEY_get_bn_param(handle.pointer, name, &number) == 1, let number else {
            throw ErrorQueue.failure(of: "reading the numbers of a private key")
        }
        defer { BN_clear_free(number) }
        let count = octetCount ?? (Int(BN_num_bits(number)) + 7) / 8
        var isWritten = false
        let octets = SecretOctets(count: count) { buffer in
            let start = buffer.assumingMemoryBound(to: UInt8.self).baseAddress
            isWritten = BN_bn2binpad(number, start, Int32(clamping: count)) == Int32(clamping: count)
        }
        guard isWritten else { throw ErrorQueue.failure(of: "reading the numbers of a private key") }
        return SecretKey(octets)
    }

    private static func rawOctets(of handle: KeyHandle) throws(CryptographyError) -> SecretKey {
        var count = 32
        var isWritten = false
        let octets = SecretOctets(count: count) { buffer in
            let start = buffer.assumingMemoryBound(to: UInt8.self).baseAddress
            isWritten = EVP_PKEY_get_raw_private_key(handle.pointer, start, &count) == 1 && count == buffer.count
        }
        guard isWritten else { throw ErrorQueue.failure(of: "reading the numbers of a private key") }
        return SecretKey(octets)
    }
}

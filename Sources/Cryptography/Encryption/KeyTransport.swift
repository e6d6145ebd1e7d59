import COpenSSL

/// How a content key is wrapped for a recipient's public key.
package enum KeyTransport: Hashable, Sendable {
    /// RSAES-OAEP of RFC 8017 section 7.1 with an empty label; `digest` hashes the label, `mgf` makes the mask.
    case rsaOAEP(digest: DigestAlgorithm, mgf: DigestAlgorithm)
    /// RSAES-PKCS1-v1_5 of RFC 8017 section 7.2, for old peers; opens by implicit rejection alone.
    case rsaPKCS1

    /// Throws `keyAlgorithmMismatch`, naming both, when `key` is of another family.
    package func checkSupport(by key: KeyAlgorithm) throws(CryptographyError) {
        guard case .rsa = key else {
            throw .keyAlgorithmMismatch(key: key.description, algorithm: description)
        }
    }
}

extension KeyTransport: CustomStringConvertible {
    /// Such as `RSA-OAEP with SHA-1, MGF1 with SHA-1`.
    package var description: String {
        switch self {
        case .rsaPKCS1: "RSA PKCS#1 v1.5 key transport"
        case .rsaOAEP(let digest, let mgf): "RSA-OAEP with \(digest), MGF1 with \(mgf)"
        }
    }
}

extension PublicKey {
    /// Wraps `secret` for the holder of the private half; the result is as long as the modulus.
    ///
    /// Throws `keyAlgorithmMismatch`, `malformedKey`, or `operationFailed` when the secret is too long for the modulus.
    package func encrypt(
        _ secret: borrowing SecretOctets,
        by transport: KeyTransport
    ) throws(CryptographyError) -> [UInt8] {
        try transport.checkSupport(by: algorithm)
        let operation = try KeyOperation(computable(), .encrypt(transport))
        var isWrapped = false
        let wrapped = secret.withUnsafeBytes { secret in
            let source = secret.assumingMemoryBound(to: UInt8.self).baseAddress
            var count = 0
            guard EVP_PKEY_encrypt(operation.context, nil, &count, source, secret.count) == 1 else { return [UInt8]() }
            return [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
                isWrapped =
                    EVP_PKEY_encrypt(operation.context, buffer.baseAddress, &count, source, secret.count) == 1
                initializedCount = isWrapped ? count : 0
            }
        }
        guard isWrapped else { throw ErrorQueue.failure(of: transport.description) }
        return wrapped
    }
}

extension PrivateKey {
    /// Unwraps a secret; throws `keyAlgorithmMismatch`, and `decryptionFailed` for whatever is wrong with `wrapped`.
    ///
    /// `octetCount` is the length that the secret must have, where it is known. By PKCS#1 v1.5 it must be known, and a
    /// secret of that length always comes out: a pseudorandom one when the padding is not that of such a secret.
    package func decrypt(
        _ wrapped: [UInt8],
        by transport: KeyTransport,
        expecting octetCount: Int? = nil
    ) throws(CryptographyError) -> SecretOctets {
        try transport.checkSupport(by: algorithm)
        // RFC 8017 sections 7.1.2 and 7.2.2, step 1; libcrypto takes fewer octets too.
        guard case .rsa(let bits) = algorithm, wrapped.count == (bits + 7) / 8 else { throw .decryptionFailed }
        let opened = try opened(wrapped, by: transport)
        guard transport == .rsaPKCS1 else {
            guard octetCount == nil || octetCount == opened.count else { throw .decryptionFailed }
            return opened
        }
        guard let octetCount,
            let secret = ImplicitRejection.secret(of: octetCount, from: opened, wrapped: wrapped, key: publicKey)
        else { throw .decryptionFailed }
        return secret
    }

    /// What was wrapped; by PKCS#1 v1.5 the padded block, at which nobody has looked yet.
    private func opened(_ wrapped: [UInt8], by transport: KeyTransport) throws(CryptographyError) -> SecretOctets {
        switch holder {
        case .library(let handle): return try opened(wrapped, by: transport, with: handle)
        case .device(let key): return try key.opened(wrapped, by: transport)
        }
    }

    private func opened(
        _ wrapped: [UInt8],
        by transport: KeyTransport,
        with handle: KeyHandle
    ) throws(CryptographyError) -> SecretOctets {
        let operation = try KeyOperation(handle, .decrypt(transport))
        var count = 0
        var result: Int32 = 0
        if EVP_PKEY_decrypt(operation.context, nil, &count, wrapped, wrapped.count) != 1 { count = 0 }
        let padded = SecretOctets(count: count) { buffer in
            let target = buffer.assumingMemoryBound(to: UInt8.self).baseAddress
            result = EVP_PKEY_decrypt(operation.context, target, &count, wrapped, wrapped.count)
        }
        ERR_clear_error()
        guard result == 1, count > 0 else { throw .decryptionFailed }
        return padded.prefix(count)
    }
}

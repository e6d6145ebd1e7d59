import COpenSSL

extension PrivateKey {
    /// The secret that both sides share: ECDH on one curve of FIPS 186 (NIST SP 800-56A section 5.7.1.2) or X25519 (RFC
    /// 7748 section 6.1).
    ///
    /// Throws `keyAlgorithmMismatch` for keys of different kinds and for kinds that do not agree, `malformedKey` for a
    /// point that is not on the curve, and `operationFailed` for a point of small order.
    package func agree(with other: PublicKey) throws(CryptographyError) -> SecretOctets {
        guard algorithm.agrees, other.algorithm == algorithm else {
            throw .keyAlgorithmMismatch(key: other.algorithm.description, algorithm: "agreement with \(algorithm)")
        }
        let peer = try other.computable()
        switch holder {
        case .library(let handle): return try Self.agree(handle, with: peer)
        case .device(let key): return try key.agree(with: other)
        }
    }

    private static func agree(
        _ handle: KeyHandle,
        with peer: KeyHandle
    ) throws(CryptographyError) -> SecretOctets {
        let operation = try KeyOperation(handle, "key agreement", begin: EVP_PKEY_derive_init)
        var count = 0
        guard EVP_PKEY_derive_set_peer(operation.context, peer.pointer) == 1,
            EVP_PKEY_derive(operation.context, nil, &count) == 1
        else { throw ErrorQueue.failure(of: "key agreement") }
        var isShared = false
        let secret = SecretOctets(count: count) { output in
            var written = count
            let start = output.assumingMemoryBound(to: UInt8.self).baseAddress
            isShared = EVP_PKEY_derive(operation.context, start, &written) == 1 && written == count
        }
        guard isShared else { throw ErrorQueue.failure(of: "key agreement") }
        return secret
    }
}

extension KeyAlgorithm {
    /// Whether keys of this kind agree on secrets.
    package var agrees: Bool {
        switch self {
        case .ec, .x25519: true
        case .rsa, .ed25519, .other: false
        }
    }
}

import COpenSSL

extension PrivateKey {
    /// The signature over `octets`: for RSA as long as the modulus, for ECDSA `r` and `s` in fixed width, for Ed25519 64.
    ///
    /// Throws `keyAlgorithmMismatch` when the key is of another family.
    package func sign(_ octets: [UInt8], by algorithm: SignatureAlgorithm) throws(CryptographyError) -> [UInt8] {
        try algorithm.checkSupport(by: self.algorithm)
        if let digest = algorithm.digest { return try sign(digest: digest.digest(of: octets), by: algorithm) }
        switch holder {
        case .library(let handle): return try EdwardsSignature.sign(octets, with: handle)
        case .device(let key): return try key.sign(octets, by: algorithm)
        }
    }

    /// The signature over octets whose digest, by the algorithm's digest, is `digest`.
    ///
    /// Throws `keyAlgorithmMismatch` when the key is of another family, or the algorithm takes the message itself.
    package func sign(digest: [UInt8], by algorithm: SignatureAlgorithm) throws(CryptographyError) -> [UInt8] {
        try algorithm.checkSupport(by: self.algorithm)
        guard let expected = algorithm.digest else {
            throw .keyAlgorithmMismatch(key: "digest", algorithm: algorithm.description)
        }
        guard digest.count == expected.octetCount else {
            throw .operationFailed(operation: "signing", reason: "a digest of the wrong size")
        }
        switch holder {
        case .library(let handle): return try sign(digest, by: algorithm, with: handle)
        case .device(let key): return try key.sign(digest, by: algorithm)
        }
    }

    private func sign(
        _ digest: [UInt8],
        by algorithm: SignatureAlgorithm,
        with handle: KeyHandle
    ) throws(CryptographyError) -> [UInt8] {
        let operation = try KeyOperation(handle, .sign(algorithm))
        // As many octets as the modulus, or the longest DER of an ECDSA signature.
        var count = Int(EVP_PKEY_get_size(handle.pointer))
        var isSigned = false
        let signature = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            isSigned = EVP_PKEY_sign(operation.context, buffer.baseAddress, &count, digest, digest.count) == 1
            initializedCount = isSigned ? count : 0
        }
        guard isSigned else { throw ErrorQueue.failure(of: "signing") }
        guard case .ec(let curve) = self.algorithm else { return signature }
        guard let octets = EllipticSignature.fixedWidth(der: signature, width: curve.orderOctetCount) else {
            throw ErrorQueue.failure(of: "signing")
        }
        return octets
    }
}

extension PublicKey {
    /// Whether `signature` is this key's over `octets`; false too for a key of another family and a wrong width.
    package func verify(_ signature: [UInt8], over octets: [UInt8], by algorithm: SignatureAlgorithm) -> Bool {
        if let digest = algorithm.digest {
            return verify(signature, overDigest: digest.digest(of: octets), by: algorithm)
        }
        guard algorithm == .ed25519, self.algorithm == .ed25519, let handle = try? computable() else { return false }
        return EdwardsSignature.isValid(signature, over: octets, with: handle)
    }

    /// Whether `signature` is this key's over octets whose digest, by the algorithm's digest, is `digest`.
    ///
    /// False for an algorithm that takes the message itself.
    package func verify(_ signature: [UInt8], overDigest digest: [UInt8], by algorithm: SignatureAlgorithm) -> Bool {
        guard digest.count == algorithm.digest?.octetCount,
            let signature = encoded(signature, for: algorithm),
            let handle = try? computable(),
            let operation = try? KeyOperation(handle, .verify(algorithm))
        else { return false }
        let isValid =
            EVP_PKEY_verify(operation.context, signature, signature.count, digest, digest.count) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }

    /// The signature as libcrypto takes it, or `nil` when its width or the key's family is wrong.
    private func encoded(_ signature: [UInt8], for algorithm: SignatureAlgorithm) -> [UInt8]? {
        switch (algorithm, self.algorithm) {
        case (.rsaPKCS1, .rsa(let bits)), (.rsaPSS, .rsa(let bits)):
            signature.count == (bits + 7) / 8 ? signature : nil
        case (.ecdsa, .ec(let curve)): EllipticSignature.der(fixedWidth: signature, width: curve.orderOctetCount)
        default: nil
        }
    }
}

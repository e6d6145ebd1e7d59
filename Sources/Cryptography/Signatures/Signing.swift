import COpenSSL

extension PrivateKey {
    /// The signature over `octets`: for RSA as long as the modulus, for ECDSA `r` and `s` in fixed width.
    ///
    /// Throws `keyAlgorithmMismatch` when the key is of another family.
    package func sign(_ octets: [UInt8], by algorithm: SignatureAlgorithm) throws(CryptographyError) -> [UInt8] {
        try sign(digest: algorithm.digest.digest(of: octets), by: algorithm)
    }

    /// The signature over octets whose digest, by the algorithm's digest, is `digest`.
    package func sign(digest: [UInt8], by algorithm: SignatureAlgorithm) throws(CryptographyError) -> [UInt8] {
        try algorithm.checkSupport(by: self.algorithm)
        let operation = try KeyOperation(handle, "signing", begin: EVP_PKEY_sign_init)
        try algorithm.configure(operation)
        var count = 0
        guard EVP_PKEY_sign(operation.context, nil, &count, digest, digest.count) == 1 else {
            throw ErrorQueue.failure(of: "signing")
        }
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
        verify(signature, overDigest: algorithm.digest.digest(of: octets), by: algorithm)
    }

    /// Whether `signature` is this key's over octets whose digest, by the algorithm's digest, is `digest`.
    package func verify(_ signature: [UInt8], overDigest digest: [UInt8], by algorithm: SignatureAlgorithm) -> Bool {
        guard let signature = encoded(signature, for: algorithm),
            let handle = try? computable(),
            let operation = try? KeyOperation(handle, "verifying", begin: EVP_PKEY_verify_init),
            (try? algorithm.configure(operation)) != nil
        else { return false }
        let isValid =
            EVP_PKEY_verify(operation.context, signature, signature.count, digest, digest.count) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }

    /// The signature as libcrypto takes it, or `nil` when its width or the key's family is wrong.
    private func encoded(_ signature: [UInt8], for algorithm: SignatureAlgorithm) -> [UInt8]? {
        switch (algorithm, self.algorithm) {
        case (.rsaPKCS1, .rsa(let bits)): signature.count == (bits + 7) / 8 ? signature : nil
        case (.ecdsa, .ec(let curve)): EllipticSignature.der(fixedWidth: signature, width: curve.orderOctetCount)
        default: nil
        }
    }
}

extension SignatureAlgorithm {
    fileprivate func configure(_ operation: borrowing KeyOperation) throws(CryptographyError) {
        if case .rsaPKCS1 = self {
            guard EVP_PKEY_CTX_set_rsa_padding(operation.context, RSA_PKCS1_PADDING) == 1 else {
                throw ErrorQueue.failure(of: description)
            }
        }
        guard EVP_PKEY_CTX_set_signature_md(operation.context, digest.fetched) == 1 else {
            throw ErrorQueue.failure(of: description)
        }
    }
}

import COpenSSL

/// `EncryptedPrivateKeyInfo` of PKCS#8 (RFC 5958 section 3).
enum EncryptedPKCS8 {
    /// What guessing a password costs, in rounds of PBKDF2.
    fileprivate static let iterations: Int32 = 600_000

    /// The `PrivateKeyInfo` in it; throws `wrongPassword`, `unsupportedKey`, `malformedKey` or `limitExceeded`.
    static func open(_ octets: [UInt8], password: String) throws(CryptographyError) -> SecretOctets {
        switch IterationLimit.isKept(by: octets) {
        case nil: throw .malformedKey("not BER")
        case false: throw IterationLimit.error
        case true: break
        }
        let opened: SecretKey
        do throws(ContainerFailure) {
            opened = try LegacyAlgorithms.offering { () throws(ContainerFailure) in
                try attempt(octets, password)
            }
        } catch {
            switch error {
            case .unsupportedAlgorithm:
                throw .unsupportedKey("encrypted with an algorithm that libcrypto does not offer")
            case .failure(let error): throw error
            }
        }
        return opened.withSecret { $0.copy() }
    }

    private static func attempt(_ octets: [UInt8], _ password: String) throws(ContainerFailure) -> SecretKey {
        let envelope = octets.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return d2i_X509_SIG(nil, &position, buffer.count)
        }
        guard let envelope else { throw .failure(.malformedKey(ErrorQueue.takeReason())) }
        defer { X509_SIG_free(envelope) }
        guard let info = PKCS8_decrypt(envelope, password, Int32(clamping: password.utf8.count)) else {
            throw ErrorQueue.takeUnsupported() ? .unsupportedAlgorithm : .failure(.wrongPassword)
        }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        return SecretKey(Self.octets(of: info))
    }

    /// The DER of an opened key.
    static func octets(of info: OpaquePointer) -> SecretOctets {
        SecretOctets(count: Int(max(0, i2d_PKCS8_PRIV_KEY_INFO(info, nil)))) { buffer in
            var position = buffer.assumingMemoryBound(to: UInt8.self).baseAddress
            i2d_PKCS8_PRIV_KEY_INFO(info, &position)
        }
    }
}

extension PrivateKey {
    /// `encryptedPKCS8` as PEM (RFC 7468 section 11).
    package func encryptedPEM(password: String) throws(CryptographyError) -> String {
        try PEMBlock.text("ENCRYPTED PRIVATE KEY", encryptedPKCS8(password: password))
    }

    /// The key as `EncryptedPrivateKeyInfo`: PBES2 (RFC 8018) with PBKDF2, HMAC-SHA-256 and AES-256-CBC.
    package func encryptedPKCS8(password: String) throws(CryptographyError) -> [UInt8] {
        let handle = try exportable()
        guard let info = EVP_PKEY2PKCS8(handle.pointer) else { throw ErrorQueue.failure(of: "writing a private key") }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        let envelope = PKCS8_encrypt(
            -1,
            EVP_aes_256_cbc(),
            password,
            Int32(clamping: password.utf8.count),
            nil,
            0,
            EncryptedPKCS8.iterations,
            info
        )
        guard let envelope else { throw ErrorQueue.failure(of: "writing a private key") }
        defer { X509_SIG_free(envelope) }
        return [UInt8](unsafeUninitializedCapacity: Int(max(0, i2d_X509_SIG(envelope, nil)))) { buffer, written in
            var position = buffer.baseAddress
            written = Int(max(0, i2d_X509_SIG(envelope, &position)))
        }
    }
}

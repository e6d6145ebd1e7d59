import COpenSSL

extension PrivateKey {
    /// Reads an unencrypted PKCS#8 `PrivateKeyInfo` (RFC 5958); throws `malformedKey` or `unsupportedKey`.
    package convenience init(pkcs8: borrowing SecretOctets) throws(CryptographyError) {
        let key = pkcs8.withUnsafeBytes { octets in
            var position = octets.assumingMemoryBound(to: UInt8.self).baseAddress
            let info = d2i_PKCS8_PRIV_KEY_INFO(nil, &position, octets.count)
            defer { PKCS8_PRIV_KEY_INFO_free(info) }
            return info.flatMap { EVP_PKCS82PKEY($0) }
        }
        try self.init(Self.read(key))
    }

    /// The key as an unencrypted PKCS#8 `PrivateKeyInfo`.
    package func pkcs8() throws(CryptographyError) -> SecretOctets {
        let handle = try exportable()
        guard let info = EVP_PKEY2PKCS8(handle.pointer) else { throw ErrorQueue.failure(of: "writing a private key") }
        defer { PKCS8_PRIV_KEY_INFO_free(info) }
        let count = i2d_PKCS8_PRIV_KEY_INFO(info, nil)
        guard count > 0 else { throw ErrorQueue.failure(of: "writing a private key") }
        return SecretOctets(count: Int(count)) { buffer in
            var position = buffer.assumingMemoryBound(to: UInt8.self).baseAddress
            i2d_PKCS8_PRIV_KEY_INFO(info, &position)
        }
    }

    /// Owns `key`, or throws `malformedKey` with libcrypto's reason.
    static func read(_ key: OpaquePointer?) throws(CryptographyError) -> KeyHandle {
        guard let handle = KeyHandle(owning: key) else { throw .malformedKey(ErrorQueue.takeReason()) }
        ERR_clear_error()
        return handle
    }
}

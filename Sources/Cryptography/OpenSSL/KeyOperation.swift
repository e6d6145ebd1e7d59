import COpenSSL

/// One asymmetric operation: owns an `EVP_PKEY_CTX`.
struct KeyOperation: ~Copyable {
    let context: OpaquePointer

    /// Prepares `use` of `key`.
    init(_ key: KeyHandle, _ use: KeyUse) throws(CryptographyError) {
        guard let context = key.context(for: use) else { throw ErrorQueue.failure(of: use.name) }
        self.context = context
    }

    /// Prepares an operation with `key`; `begin` is one of libcrypto's `EVP_PKEY_…_init`.
    init(_ key: KeyHandle, _ name: String, begin: (OpaquePointer) -> Int32) throws(CryptographyError) {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, key.pointer, nil) else {
            throw ErrorQueue.failure(of: name)
        }
        guard begin(context) == 1 else {
            EVP_PKEY_CTX_free(context)
            throw ErrorQueue.failure(of: name)
        }
        self.context = context
    }

    deinit {
        EVP_PKEY_CTX_free(context)
    }
}

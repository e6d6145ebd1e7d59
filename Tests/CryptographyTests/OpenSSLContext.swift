import COpenSSL

/// What libcrypto's default context offers, which messages are processed in.
enum OpenSSLContext {
    static var offersRC2: Bool {
        let cipher = EVP_CIPHER_fetch(nil, "RC2-40-CBC", nil)
        defer {
            EVP_CIPHER_free(cipher)
            ERR_clear_error()
        }
        return cipher != nil
    }
}

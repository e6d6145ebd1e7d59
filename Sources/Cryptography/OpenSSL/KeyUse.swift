import COpenSSL

/// What a key is used for, with everything that libcrypto must be told of it.
enum KeyUse: Hashable, Sendable {
    /// Signing a digest.
    case sign(SignatureAlgorithm)
    /// Verifying a signature over a digest.
    case verify(SignatureAlgorithm)
    /// Wrapping a secret.
    case encrypt(KeyTransport)
    /// Opening a wrapped secret.
    case decrypt(KeyTransport)

    /// The operation for people.
    var name: String {
        switch self {
        case .sign: "signing"
        case .verify: "verifying"
        case .encrypt(let transport), .decrypt(let transport): transport.description
        }
    }

    /// Sets `context` up.
    func configure(_ context: OpaquePointer) -> Bool {
        switch self {
        case .sign(let algorithm):
            EVP_PKEY_sign_init(context) == 1 && algorithm.configure(context)
        case .verify(let algorithm):
            EVP_PKEY_verify_init(context) == 1 && algorithm.configure(context)
        case .encrypt(let transport):
            EVP_PKEY_encrypt_init(context) == 1 && transport.configure(context, opening: false)
        case .decrypt(let transport):
            EVP_PKEY_decrypt_init(context) == 1 && transport.configure(context, opening: true)
        }
    }
}

extension SignatureAlgorithm {
    fileprivate func configure(_ context: OpaquePointer) -> Bool {
        guard let digest else { return false }
        switch self {
        case .rsaPKCS1:
            guard EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PADDING) == 1 else { return false }
        case .rsaPSS:
            guard EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 else { return false }
        case .ecdsa, .ed25519, .hmac: break
        }
        guard EVP_PKEY_CTX_set_signature_md(context, digest.fetched) == 1 else { return false }
        guard case .rsaPSS(_, let mgf, let saltOctetCount) = self else { return true }
        return EVP_PKEY_CTX_set_rsa_mgf1_md(context, mgf.fetched) == 1
            && EVP_PKEY_CTX_set_rsa_pss_saltlen(context, Int32(clamping: max(0, saltOctetCount))) == 1
    }
}

extension KeyTransport {
    /// Opening PKCS#1 v1.5 asks for the padded block, which libcrypto shows without looking at it.
    fileprivate func configure(_ context: OpaquePointer, opening: Bool) -> Bool {
        switch self {
        case .rsaPKCS1:
            EVP_PKEY_CTX_set_rsa_padding(context, opening ? RSA_NO_PADDING : RSA_PKCS1_PADDING) == 1
        case .rsaOAEP(let digest, let mgf):
            EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_OAEP_PADDING) == 1
                && EVP_PKEY_CTX_set_rsa_oaep_md(context, digest.fetched) == 1
                && EVP_PKEY_CTX_set_rsa_mgf1_md(context, mgf.fetched) == 1
        }
    }
}

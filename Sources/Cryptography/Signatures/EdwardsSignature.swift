import COpenSSL

/// Ed25519 (RFC 8032 section 5.1): signatures of 64 octets over the message itself.
enum EdwardsSignature {
    static let octetCount = 64

    static func sign(_ octets: [UInt8], with key: KeyHandle) throws(CryptographyError) -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw ErrorQueue.failure(of: "signing") }
        defer { EVP_MD_CTX_free(context) }
        var count = octetCount
        var isSigned = EVP_DigestSignInit(context, nil, nil, nil, key.pointer) == 1
        let signature = [UInt8](unsafeUninitializedCapacity: octetCount) { buffer, initializedCount in
            isSigned =
                isSigned && EVP_DigestSign(context, buffer.baseAddress, &count, octets, octets.count) == 1
                && count == octetCount
            initializedCount = isSigned ? octetCount : 0
        }
        guard isSigned else { throw ErrorQueue.failure(of: "signing") }
        return signature
    }

    static func isValid(_ signature: [UInt8], over octets: [UInt8], with key: KeyHandle) -> Bool {
        guard signature.count == octetCount, let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        let isValid =
            EVP_DigestVerifyInit(context, nil, nil, nil, key.pointer) == 1
            && EVP_DigestVerify(context, signature, signature.count, octets, octets.count) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }
}

import COpenSSL

/// AES in Galois/counter mode (NIST SP 800-38D), laid out as XML Encryption 1.1 section 5.2.4 does: 96-bit IV, ciphertext,
/// 128-bit tag.
enum GaloisCounterMode {
    static let ivOctetCount = 12
    static let overheadOctetCount = ivOctetCount + CipherContext.tagOctetCount

    /// Encrypts `plain` to `output`, which is `overheadOctetCount` larger.
    static func encrypt(
        _ plain: UnsafeRawBufferPointer,
        by cipher: FetchedAlgorithm,
        key: borrowing SecretOctets,
        authenticating associated: [UInt8],
        into output: UnsafeMutableRawBufferPointer
    ) throws(CryptographyError) {
        let iv = UnsafeMutableRawBufferPointer(rebasing: output[..<ivOctetCount])
        let body = UnsafeMutableRawBufferPointer(rebasing: output[ivOctetCount...])
        SecureRandom.fill(iv)
        var context = try CipherContext(cipher, encrypting: true, key: key, iv: UnsafeRawBufferPointer(iv))
        guard let start = body.baseAddress, associated.withUnsafeBytes({ context.authenticate($0) }),
            context.transform(plain, into: start),
            context.finish(), context.writeTag(to: start + plain.count)
        else { throw ErrorQueue.failure(of: "encryption") }
    }

    /// Decrypts `sealed` to `output`, which is `overheadOctetCount` smaller and is overwritten on failure.
    ///
    /// Throws `decryptionFailed` for whatever is wrong.
    static func decrypt(
        _ sealed: UnsafeRawBufferPointer,
        by cipher: FetchedAlgorithm,
        key: borrowing SecretOctets,
        authenticating associated: [UInt8],
        into output: UnsafeMutableRawBufferPointer
    ) throws(CryptographyError) {
        let body = UnsafeRawBufferPointer(rebasing: sealed[ivOctetCount..<(ivOctetCount + output.count)])
        let tag = UnsafeRawBufferPointer(rebasing: sealed[(ivOctetCount + output.count)...])
        do {
            let iv = UnsafeRawBufferPointer(rebasing: sealed[..<ivOctetCount])
            var context = try CipherContext(cipher, encrypting: false, key: key, iv: iv)
            if context.expectTag(tag), associated.withUnsafeBytes({ context.authenticate($0) }),
                context.transform(body, into: output.baseAddress), context.finish()
            {
                return
            }
        } catch {}
        OPENSSL_cleanse(output.baseAddress, output.count)
        ERR_clear_error()
        throw .decryptionFailed
    }
}

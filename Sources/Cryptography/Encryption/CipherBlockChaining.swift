import COpenSSL

/// AES in cipher block chaining with the padding of XML Encryption 1.1 section 5.2: the last octet counts the padding
/// octets, itself among them; the others are arbitrary.
enum CipherBlockChaining {
    static let blockOctetCount = 16

    /// The size of IV, ciphertext and padding for a plaintext of `count` octets.
    static func sealedOctetCount(_ count: Int) -> Int {
        blockOctetCount + (count / blockOctetCount + 1) * blockOctetCount
    }

    /// Encrypts `plain` to `output`, which has `sealedOctetCount` octets.
    static func encrypt(
        _ plain: UnsafeRawBufferPointer,
        by cipher: FetchedAlgorithm,
        key: borrowing SecretOctets,
        into output: UnsafeMutableRawBufferPointer
    ) throws(CryptographyError) {
        let iv = UnsafeMutableRawBufferPointer(rebasing: output[..<blockOctetCount])
        let body = UnsafeMutableRawBufferPointer(rebasing: output[blockOctetCount...])
        SecureRandom.fill(iv)
        var context = try CipherContext(cipher, encrypting: true, key: key, iv: UnsafeRawBufferPointer(iv))
        let wholeCount = plain.count / blockOctetCount * blockOctetCount
        let whole = UnsafeRawBufferPointer(rebasing: plain[..<wholeCount])
        var last = SecureRandom.octets(count: blockOctetCount)
        last.replaceSubrange(..<(plain.count - wholeCount), with: plain[wholeCount...])
        last[blockOctetCount - 1] = UInt8(blockOctetCount - (plain.count - wholeCount))
        defer { last.cleanse() }
        guard let start = body.baseAddress, context.transform(whole, into: start),
            last.withUnsafeBytes({ context.transform($0, into: start + wholeCount) }), context.finish()
        else { throw ErrorQueue.failure(of: "encryption") }
    }

    /// Decrypts `sealed` to `output`, which is one block smaller, and returns how many octets of it are plaintext.
    ///
    /// Everything is decrypted before the padding is looked at. Throws `decryptionFailed` for whatever is wrong.
    static func decrypt(
        _ sealed: UnsafeRawBufferPointer,
        by cipher: FetchedAlgorithm,
        key: borrowing SecretOctets,
        into output: UnsafeMutableRawBufferPointer
    ) throws(CryptographyError) -> Int {
        var padding = 0
        do {
            let iv = UnsafeRawBufferPointer(rebasing: sealed[..<blockOctetCount])
            let body = UnsafeRawBufferPointer(rebasing: sealed[blockOctetCount...])
            var context = try CipherContext(cipher, encrypting: false, key: key, iv: iv)
            if context.transform(body, into: output.baseAddress), context.finish() {
                padding = output.last.map(Int.init) ?? 0
            }
        } catch {}
        ERR_clear_error()
        guard padding >= 1, padding <= blockOctetCount else {
            OPENSSL_cleanse(output.baseAddress, output.count)
            throw .decryptionFailed
        }
        return output.count - padding
    }
}

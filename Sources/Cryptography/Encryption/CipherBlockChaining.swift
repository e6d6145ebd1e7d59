import COpenSSL

/// A cipher in cipher block chaining with the padding of XML Encryption 1.1 section 5.2: the last octet counts the padding
/// octets, itself among them; the others are arbitrary.
///
/// `block` is the size of a block in octets, a power of two.
enum CipherBlockChaining {
    /// The size of IV, ciphertext and padding for a plaintext of `count` octets.
    static func sealedOctetCount(_ count: Int, block: Int) -> Int {
        block + (count / block + 1) * block
    }

    /// Encrypts `plain` to `output`, which has `sealedOctetCount` octets.
    static func encrypt(
        _ plain: UnsafeRawBufferPointer,
        by cipher: FetchedAlgorithm,
        block: Int,
        key: borrowing SecretOctets,
        into output: UnsafeMutableRawBufferPointer
    ) throws(CryptographyError) {
        let iv = UnsafeMutableRawBufferPointer(rebasing: output[..<block])
        let body = UnsafeMutableRawBufferPointer(rebasing: output[block...])
        SecureRandom.fill(iv)
        var context = try CipherContext(cipher, encrypting: true, key: key, iv: UnsafeRawBufferPointer(iv))
        let wholeCount = plain.count / block * block
        let whole = UnsafeRawBufferPointer(rebasing: plain[..<wholeCount])
        var last = lastBlock(of: plain[wholeCount...], block: block)
        defer { last.cleanse() }
        guard let start = body.baseAddress, context.transform(whole, into: start),
            last.withUnsafeBytes({ context.transform($0, into: start + wholeCount) }), context.finish()
        else { throw ErrorQueue.failure(of: "encryption") }
    }

    /// The block that ends a plaintext: its last octets, fewer than a block, and the padding.
    static func lastBlock(of rest: some Collection<UInt8>, block: Int) -> [UInt8] {
        var last = SecureRandom.octets(count: block)
        last.replaceSubrange(..<rest.count, with: rest)
        last[block - 1] = UInt8(block - rest.count)
        return last
    }

    /// Decrypts `sealed` to `output`, which is one block smaller; how many octets of it are plaintext, and whether the
    /// padding was sound.
    ///
    /// Broken padding leaves everything as plaintext, with NUL as the last octet; both come about without a branch. Throws
    /// `decryptionFailed` for a key of the wrong length alone.
    static func decrypt(
        _ sealed: UnsafeRawBufferPointer,
        by cipher: FetchedAlgorithm,
        block: Int,
        key: borrowing SecretOctets,
        into output: UnsafeMutableRawBufferPointer
    ) throws(CryptographyError) -> (count: Int, isPadded: Bool) {
        let iv = UnsafeRawBufferPointer(rebasing: sealed[..<block])
        let body = UnsafeRawBufferPointer(rebasing: sealed[block...])
        do throws(CryptographyError) {
            var context = try CipherContext(cipher, encrypting: false, key: key, iv: iv)
            guard context.transform(body, into: output.baseAddress), context.finish() else {
                throw CryptographyError.decryptionFailed
            }
        } catch {
            OPENSSL_cleanse(output.baseAddress, output.count)
            ERR_clear_error()
            throw .decryptionFailed
        }
        return removePadding(from: output, block: block)
    }

    /// How many octets of `output` are left without padding, and whether that was sound; without a branch, as above.
    static func removePadding(
        from output: UnsafeMutableRawBufferPointer,
        block: Int
    ) -> (count: Int, isPadded: Bool) {
        let padding = output[output.count - 1]
        output[output.count - 1] = 0
        let mask = ConstantTime.isZero((padding &- 1) & ~UInt8(truncatingIfNeeded: block - 1))
        return (output.count - Int(padding & mask), mask != 0)
    }
}

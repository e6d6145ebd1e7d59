import COpenSSL

/// Decrypts octets that arrive in chunks, by a content encryption algorithm of XML Encryption 1.1 section 5.2.
///
/// What it yields is not authentic before `finish` has returned: until then nobody may see it.
package struct StreamedDecryption: ~Copyable {
    private let cipher: BlockEncryption
    private let key: SecretOctets
    private var context: CipherContext?
    /// The octets that may be IV, tag, or padding.
    private var held: [UInt8] = []

    /// Begins under `key`; throws `decryptionFailed` when it has the wrong length.
    package init(_ cipher: BlockEncryption, key: borrowing SecretOctets) throws(CryptographyError) {
        guard key.count == cipher.keyOctetCount else { throw .decryptionFailed }
        self.cipher = cipher
        self.key = key.prefix(key.count)
        context = nil
    }

    /// The plaintext that `chunk` reveals.
    package mutating func update(_ chunk: [UInt8]) throws(CryptographyError) -> [UInt8] {
        held += chunk
        if context == nil {
            guard held.count >= cipher.ivOctetCount else { return [] }
            let iv = Array(held.prefix(cipher.ivOctetCount))
            held.removeFirst(cipher.ivOctetCount)
            guard let begun = try? CipherContext(cipher.fetched, encrypting: false, key: key, iv: iv) else {
                throw failure()
            }
            context = consume begun
        }
        let block = cipher.blockOctetCount
        let free = max(0, held.count - (cipher.isAuthenticated ? CipherContext.tagOctetCount : block))
        let whole = cipher.isAuthenticated ? free : free / block * block
        guard let octets = try context?.transformed(held.prefix(whole)) else { throw failure() }
        held.removeFirst(whole)
        return octets
    }

    /// The last of the plaintext; throws `decryptionFailed` for whatever was wrong with octets or key.
    package mutating func finish() throws(CryptographyError) -> [UInt8] {
        guard cipher.isAuthenticated else { return try withoutPadding() }
        let isOpen =
            held.count == CipherContext.tagOctetCount
            && held.withUnsafeBytes { context?.expectTag($0) ?? false } && (context?.finish() ?? false)
        guard isOpen else { throw failure() }
        return []
    }

    private mutating func withoutPadding() throws(CryptographyError) -> [UInt8] {
        let block = cipher.blockOctetCount
        guard held.count == block, var last = try context?.transformed(held[...]) else { throw failure() }
        // Broken padding shows by what the plaintext then is, as in memory.
        let count = last.withUnsafeMutableBytes { CipherBlockChaining.removePadding(from: $0, block: block).count }
        return Array(last.prefix(count))
    }

    private func failure() -> CryptographyError {
        ERR_clear_error()
        return .decryptionFailed
    }
}

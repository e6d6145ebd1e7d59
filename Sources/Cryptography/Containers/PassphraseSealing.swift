import COpenSSL

/// Octets under a passphrase: scrypt (RFC 7914), then AES-256-GCM.
///
/// The salt stands before, and what stands before is authenticated.
package enum PassphraseSealing {
    /// The cost: 2^17 rounds of 8 blocks, 128 MB and some tenths of a second for each guess.
    private static let rounds: UInt64 = 1 << 17
    private static let blocks: UInt64 = 8
    private static let memoryLimit: UInt64 = 256 << 20
    private static let saltOctetCount = 16

    /// `plain` sealed under `passphrase`, after `prefix`; throws `operationFailed`.
    package static func seal(
        _ plain: [UInt8],
        passphrase: String,
        prefix: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        let head = prefix + SecureRandom.octets(count: saltOctetCount)
        let key = try key(passphrase, salt: Array(head.suffix(saltOctetCount)))
        return try head + AEAD.seal(plain, key: key, authenticating: head)
    }

    /// What `seal` made; throws `wrongPassword` when prefix, passphrase or octets are others.
    package static func open(
        _ sealed: [UInt8],
        passphrase: String,
        prefix: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        let headCount = prefix.count + saltOctetCount
        guard sealed.count > headCount, sealed.starts(with: prefix) else { throw .wrongPassword }
        let head = Array(sealed[..<headCount])
        let key = try key(passphrase, salt: Array(head.suffix(saltOctetCount)))
        do throws(CryptographyError) {
            return try AEAD.open(Array(sealed[headCount...]), key: key, authenticating: head)
        } catch {
            throw .wrongPassword
        }
    }

    private static func key(_ passphrase: String, salt: [UInt8]) throws(CryptographyError) -> SecretOctets {
        var isDerived = false
        let key = SecretOctets(count: AEAD.keyOctetCount) { output in
            isDerived =
                EVP_PBE_scrypt(
                    passphrase,
                    passphrase.utf8.count,
                    salt,
                    salt.count,
                    rounds,
                    blocks,
                    1,
                    memoryLimit,
                    output.assumingMemoryBound(to: UInt8.self).baseAddress,
                    output.count
                ) == 1
        }
        guard isDerived else { throw ErrorQueue.failure(of: "scrypt") }
        return key
    }
}

/// AES-256-GCM for what is kept at rest, with associated data that ties a sealed item to its place.
package enum AEAD {
    /// The size of a key in octets.
    package static let keyOctetCount = 32
    /// How many octets a sealed item is larger than its plaintext.
    package static let overheadOctetCount = GaloisCounterMode.overheadOctetCount

    /// Random IV, ciphertext and tag of `plain`; throws `wrongKeyLength`.
    package static func seal(
        _ plain: [UInt8],
        key: borrowing SecretOctets,
        authenticating associated: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        var outcome: Result<[UInt8], CryptographyError> = .failure(.decryptionFailed)
        plain.withUnsafeBytes { outcome = seal($0, key: key, associated: associated) }
        return try outcome.get()
    }

    /// Random IV, ciphertext and tag of `secret`; throws `wrongKeyLength`.
    package static func seal(
        _ secret: borrowing SecretOctets,
        key: borrowing SecretOctets,
        authenticating associated: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        try secret.withUnsafeBytes { seal($0, key: key, associated: associated) }.get()
    }

    /// The plaintext; throws `decryptionFailed` when octets, key or associated data are not those of `seal`.
    package static func open(
        _ sealed: [UInt8],
        key: borrowing SecretOctets,
        authenticating associated: [UInt8]
    ) throws(CryptographyError) -> [UInt8] {
        let count = try plainOctetCount(sealed)
        var isOpen = false
        let plain = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            let output = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count)
            isOpen = open(sealed, key: key, associated: associated, into: output)
            initializedCount = isOpen ? count : 0
        }
        guard isOpen else { throw .decryptionFailed }
        return plain
    }

    /// The plaintext as a secret; throws `decryptionFailed` as above.
    package static func openSecret(
        _ sealed: [UInt8],
        key: borrowing SecretOctets,
        authenticating associated: [UInt8]
    ) throws(CryptographyError) -> SecretOctets {
        var isOpen = false
        let secret = try SecretOctets(count: plainOctetCount(sealed)) { output in
            isOpen = open(sealed, key: key, associated: associated, into: output)
        }
        guard isOpen else { throw .decryptionFailed }
        return secret
    }

    private static func plainOctetCount(_ sealed: [UInt8]) throws(CryptographyError) -> Int {
        guard sealed.count >= GaloisCounterMode.overheadOctetCount else { throw .decryptionFailed }
        return sealed.count - GaloisCounterMode.overheadOctetCount
    }

    private static func seal(
        _ plain: UnsafeRawBufferPointer,
        key: borrowing SecretOctets,
        associated: [UInt8]
    ) -> Result<[UInt8], CryptographyError> {
        let count = plain.count + GaloisCounterMode.overheadOctetCount
        var failure: CryptographyError?
        let sealed = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            let output = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count)
            do throws(CryptographyError) {
                try GaloisCounterMode.encrypt(
                    plain,
                    by: BlockEncryption.fetched256GCM,
                    key: key,
                    authenticating: associated,
                    into: output
                )
                initializedCount = count
            } catch { failure = error }
        }
        return failure.map { .failure($0) } ?? .success(sealed)
    }

    private static func open(
        _ sealed: [UInt8],
        key: borrowing SecretOctets,
        associated: [UInt8],
        into output: UnsafeMutableRawBufferPointer
    ) -> Bool {
        let result: Void? = try? sealed.withUnsafeBytes { sealed in
            try GaloisCounterMode.decrypt(
                sealed,
                by: BlockEncryption.fetched256GCM,
                key: key,
                authenticating: associated,
                into: output
            )
        }
        return result != nil
    }
}

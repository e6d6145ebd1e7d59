/// A content encryption algorithm of XML Encryption 1.1 section 5.2.
package enum BlockEncryption: Hashable, Sendable, CaseIterable {
    /// AES-128 in Galois/counter mode.
    case aes128GCM
    /// AES-192 in Galois/counter mode.
    case aes192GCM
    /// AES-256 in Galois/counter mode.
    case aes256GCM
    /// AES-128 in cipher block chaining: malleable, so only where a signature covers the ciphertext or a peer demands it.
    case aes128CBC
    /// AES-192 in cipher block chaining.
    case aes192CBC
    /// AES-256 in cipher block chaining.
    case aes256CBC

    /// The size of a key in octets.
    package var keyOctetCount: Int {
        switch self {
        case .aes128GCM, .aes128CBC: 16
        case .aes192GCM, .aes192CBC: 24
        case .aes256GCM, .aes256CBC: 32
        }
    }

    /// Whether decryption proves that the ciphertext was not changed.
    package var isAuthenticated: Bool {
        switch self {
        case .aes128GCM, .aes192GCM, .aes256GCM: true
        case .aes128CBC, .aes192CBC, .aes256CBC: false
        }
    }

    /// A fresh random key of the right size.
    package func generateKey() -> SecretOctets {
        SecureRandom.secret(count: keyOctetCount)
    }

    /// Random IV, ciphertext and, in GCM, tag; throws `wrongKeyLength`.
    package func encrypt(_ plain: [UInt8], key: borrowing SecretOctets) throws(CryptographyError) -> [UInt8] {
        try encrypt(plain.span, key: key)
    }

    /// Random IV, ciphertext and, in GCM, tag; throws `wrongKeyLength`.
    package func encrypt(_ plain: ArraySlice<UInt8>, key: borrowing SecretOctets) throws(CryptographyError) -> [UInt8] {
        try encrypt(plain.span, key: key)
    }

    /// Random IV, ciphertext and, in GCM, tag; throws `wrongKeyLength`.
    package func encrypt(_ plain: Span<UInt8>, key: borrowing SecretOctets) throws(CryptographyError) -> [UInt8] {
        var outcome: Result<Void, CryptographyError> = .success(())
        let sealed = plain.withUnsafeBytes { plain in
            let count =
                isAuthenticated
                ? plain.count + GaloisCounterMode.overheadOctetCount
                : CipherBlockChaining.sealedOctetCount(plain.count)
            return [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
                let output = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count)
                if let start = output.baseAddress { LargePages.advise(start, octetCount: count) }
                do throws(CryptographyError) {
                    try encrypt(plain, key: key, into: output)
                    initializedCount = count
                } catch { outcome = .failure(error) }
            }
        }
        try outcome.get()
        return sealed
    }

    /// The plaintext of what `encrypt` made; throws `decryptionFailed` for whatever is wrong with octets or key.
    package func decrypt(_ octets: [UInt8], key: borrowing SecretOctets) throws(CryptographyError) -> [UInt8] {
        try decrypt(octets.span, key: key)
    }

    /// The plaintext of what `encrypt` made; throws `decryptionFailed` for whatever is wrong with octets or key.
    package func decrypt(_ octets: Span<UInt8>, key: borrowing SecretOctets) throws(CryptographyError) -> [UInt8] {
        guard hasSealedShape(octets.count) else { throw .decryptionFailed }
        let overhead = isAuthenticated ? GaloisCounterMode.overheadOctetCount : CipherBlockChaining.blockOctetCount
        var isOpen = false
        let plain = octets.withUnsafeBytes { sealed in
            [UInt8](unsafeUninitializedCapacity: sealed.count - overhead) { buffer, initializedCount in
                let output = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: sealed.count - overhead)
                if let start = output.baseAddress { LargePages.advise(start, octetCount: output.count) }
                guard let count = try? decrypt(sealed, key: key, into: output) else { return }
                initializedCount = count
                isOpen = true
            }
        }
        guard isOpen else { throw .decryptionFailed }
        return plain
    }

    private func hasSealedShape(_ count: Int) -> Bool {
        let block = CipherBlockChaining.blockOctetCount
        return isAuthenticated
            ? count >= GaloisCounterMode.overheadOctetCount : count >= 2 * block && count.isMultiple(of: block)
    }

    private func encrypt(
        _ plain: UnsafeRawBufferPointer,
        key: borrowing SecretOctets,
        into output: UnsafeMutableRawBufferPointer
    ) throws(CryptographyError) {
        if isAuthenticated {
            try GaloisCounterMode.encrypt(plain, by: fetched, key: key, authenticating: [], into: output)
        } else {
            try CipherBlockChaining.encrypt(plain, by: fetched, key: key, into: output)
        }
    }

    private func decrypt(
        _ sealed: UnsafeRawBufferPointer,
        key: borrowing SecretOctets,
        into output: UnsafeMutableRawBufferPointer
    ) throws(CryptographyError) -> Int {
        guard isAuthenticated else {
            return try CipherBlockChaining.decrypt(sealed, by: fetched, key: key, into: output)
        }
        try GaloisCounterMode.decrypt(sealed, by: fetched, key: key, authenticating: [], into: output)
        return output.count
    }
}

extension BlockEncryption {
    private static let fetched128GCM = FetchedAlgorithm.cipher("AES-128-GCM")
    private static let fetched192GCM = FetchedAlgorithm.cipher("AES-192-GCM")
    static let fetched256GCM = FetchedAlgorithm.cipher("AES-256-GCM")
    private static let fetched128CBC = FetchedAlgorithm.cipher("AES-128-CBC")
    private static let fetched192CBC = FetchedAlgorithm.cipher("AES-192-CBC")
    private static let fetched256CBC = FetchedAlgorithm.cipher("AES-256-CBC")

    private var fetched: FetchedAlgorithm {
        switch self {
        case .aes128GCM: Self.fetched128GCM
        case .aes192GCM: Self.fetched192GCM
        case .aes256GCM: Self.fetched256GCM
        case .aes128CBC: Self.fetched128CBC
        case .aes192CBC: Self.fetched192CBC
        case .aes256CBC: Self.fetched256CBC
        }
    }
}

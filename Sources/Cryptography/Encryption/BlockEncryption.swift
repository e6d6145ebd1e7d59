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
    /// Triple DES in cipher block chaining: opens what old peers send, and never encrypts.
    case tripleDESCBC

    /// The size of a key in octets.
    package var keyOctetCount: Int {
        switch self {
        case .aes128GCM, .aes128CBC: 16
        case .aes192GCM, .aes192CBC, .tripleDESCBC: 24
        case .aes256GCM, .aes256CBC: 32
        }
    }

    /// Whether decryption proves that the ciphertext was not changed.
    package var isAuthenticated: Bool {
        switch self {
        case .aes128GCM, .aes192GCM, .aes256GCM: true
        case .aes128CBC, .aes192CBC, .aes256CBC, .tripleDESCBC: false
        }
    }

    /// Whether it encrypts; what does not only opens.
    package var encrypts: Bool { self != .tripleDESCBC }

    /// The size of a block in octets.
    var blockOctetCount: Int { self == .tripleDESCBC ? 8 : 16 }

    /// A fresh random key of the right size.
    package func generateKey() -> SecretOctets {
        SecureRandom.secret(count: keyOctetCount)
    }

    /// Random IV, ciphertext and, in GCM, tag; throws `wrongKeyLength`, and `operationFailed` where it only opens.
    package func encrypt(_ plain: [UInt8], key: borrowing SecretOctets) throws(CryptographyError) -> [UInt8] {
        try encrypt(plain.span, key: key)
    }

    /// Random IV, ciphertext and, in GCM, tag; throws as above.
    package func encrypt(_ plain: ArraySlice<UInt8>, key: borrowing SecretOctets) throws(CryptographyError) -> [UInt8] {
        try encrypt(plain.span, key: key)
    }

    /// Random IV, ciphertext and, in GCM, tag; throws as above.
    package func encrypt(_ plain: Span<UInt8>, key: borrowing SecretOctets) throws(CryptographyError) -> [UInt8] {
        guard encrypts else { throw Self.refusal }
        var outcome: Result<Void, CryptographyError> = .success(())
        let sealed = plain.withUnsafeBytes { plain in
            let count = sealedOctetCount(plain.count)
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

    /// How many octets `encrypt` makes of so many.
    package func sealedOctetCount(_ count: Int) -> Int {
        isAuthenticated
            ? count + GaloisCounterMode.overheadOctetCount
            : CipherBlockChaining.sealedOctetCount(count, block: blockOctetCount)
    }

    /// Writes what `encrypt` makes to `output`, which has `sealedOctetCount` octets; throws as above.
    package func encrypt(
        _ plain: ArraySlice<UInt8>,
        key: borrowing SecretOctets,
        writingTo output: UnsafeMutableRawBufferPointer
    ) throws(CryptographyError) {
        guard encrypts else { throw Self.refusal }
        var outcome: Result<Void, CryptographyError> = .success(())
        plain.withUnsafeBytes { plain in
            do throws(CryptographyError) { try encrypt(plain, key: key, into: output) } catch {
                outcome = .failure(error)
            }
        }
        try outcome.get()
    }

    private static let refusal = CryptographyError.operationFailed(
        operation: "encryption",
        reason: "Triple DES only opens what old peers send"
    )

    /// The plaintext of what `encrypt` made; throws `decryptionFailed` for whatever is wrong with octets or key.
    package func decrypt(_ octets: [UInt8], key: borrowing SecretOctets) throws(CryptographyError) -> [UInt8] {
        var octets = octets
        let (range, isPadded) = try open(&octets, key: key)
        guard isPadded else { throw .decryptionFailed }
        return Array(octets[range])
    }

    /// Opens `octets`, which then hold the plaintext for a scanner of XML at the range that is returned; throws as `decrypt`,
    /// but not for broken padding of a cipher in CBC.
    ///
    /// Whoever can tell broken padding from broken content, by a fault or by time, opens messages octet by octet. So here
    /// broken padding becomes content that ends with NUL, which no XML holds: the scanner refuses it where it refuses any
    /// other garbled content, after the same work.
    package func openForScanning(
        _ octets: inout [UInt8],
        key: borrowing SecretOctets
    ) throws(CryptographyError) -> Range<Int> {
        try open(&octets, key: key).range
    }

    private func open(
        _ octets: inout [UInt8],
        key: borrowing SecretOctets
    ) throws(CryptographyError) -> (range: Range<Int>, isPadded: Bool) {
        guard hasSealedShape(octets.count) else { throw .decryptionFailed }
        let start = isAuthenticated ? GaloisCounterMode.ivOctetCount : blockOctetCount
        let count = octets.count - (isAuthenticated ? GaloisCounterMode.overheadOctetCount : blockOctetCount)
        let opened = octets.withUnsafeMutableBytes { sealed in
            let output = UnsafeMutableRawBufferPointer(rebasing: sealed[start..<start + count])
            return try? decrypt(UnsafeRawBufferPointer(sealed), key: key, into: output)
        }
        guard let opened else { throw .decryptionFailed }
        return (start..<start + opened.count, opened.isPadded)
    }

    private func hasSealedShape(_ count: Int) -> Bool {
        let block = blockOctetCount
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
            try CipherBlockChaining.encrypt(plain, by: fetched, block: blockOctetCount, key: key, into: output)
        }
    }

    private func decrypt(
        _ sealed: UnsafeRawBufferPointer,
        key: borrowing SecretOctets,
        into output: UnsafeMutableRawBufferPointer
    ) throws(CryptographyError) -> (count: Int, isPadded: Bool) {
        guard isAuthenticated else {
            return try CipherBlockChaining.decrypt(sealed, by: fetched, block: blockOctetCount, key: key, into: output)
        }
        try GaloisCounterMode.decrypt(sealed, by: fetched, key: key, authenticating: [], into: output)
        return (output.count, true)
    }
}

extension BlockEncryption {
    private static let fetched128GCM = FetchedAlgorithm.cipher("AES-128-GCM")
    private static let fetched192GCM = FetchedAlgorithm.cipher("AES-192-GCM")
    static let fetched256GCM = FetchedAlgorithm.cipher("AES-256-GCM")
    private static let fetchedTripleDES = FetchedAlgorithm.cipher("DES-EDE3-CBC")
    private static let fetched128CBC = FetchedAlgorithm.cipher("AES-128-CBC")
    private static let fetched192CBC = FetchedAlgorithm.cipher("AES-192-CBC")
    private static let fetched256CBC = FetchedAlgorithm.cipher("AES-256-CBC")

    var fetched: FetchedAlgorithm {
        switch self {
        case .aes128GCM: Self.fetched128GCM
        case .aes192GCM: Self.fetched192GCM
        case .aes256GCM: Self.fetched256GCM
        case .aes128CBC: Self.fetched128CBC
        case .aes192CBC: Self.fetched192CBC
        case .aes256CBC: Self.fetched256CBC
        case .tripleDESCBC: Self.fetchedTripleDES
        }
    }
}

import COpenSSL

/// AES key wrap (RFC 3394, XML Encryption 1.1 section 5.6.2) with its default initial value.
package enum KeyWrap: Hashable, Sendable, CaseIterable {
    /// Under a key of 128 bits.
    case aes128
    /// Under a key of 192 bits.
    case aes192
    /// Under a key of 256 bits.
    case aes256

    /// How many octets a wrapped key is longer than the key.
    package static let overheadOctetCount = 8
    /// The most octets of a key that are wrapped or opened.
    package static let secretLimit = 512

    /// The size of the wrapping key in octets.
    package var keyOctetCount: Int {
        switch self {
        case .aes128: 16
        case .aes192: 24
        case .aes256: 32
        }
    }

    /// Wraps `secret`; throws `wrongKeyLength`, and `operationFailed` for a secret that is not a whole number of 8 octets,
    /// two at least.
    package func wrap(
        _ secret: borrowing SecretOctets,
        under key: borrowing SecretOctets
    ) throws(CryptographyError) -> [UInt8] {
        try checkLength(of: key)
        guard Self.isWhole(secret.count) else {
            throw .operationFailed(operation: "key wrap", reason: "the secret has \(secret.count) octets")
        }
        let count = secret.count + Self.overheadOctetCount
        var isWrapped = false
        let wrapped = secret.withUnsafeBytes { secret in
            [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
                isWrapped = run(secret, UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count), key, 1)
                initializedCount = isWrapped ? count : 0
            }
        }
        guard isWrapped else { throw ErrorQueue.failure(of: "key wrap") }
        return wrapped
    }

    /// The secret in `wrapped`; throws `decryptionFailed` for whatever is wrong with octets or key.
    package func unwrap(
        _ wrapped: [UInt8],
        under key: borrowing SecretOctets
    ) throws(CryptographyError) -> SecretOctets {
        let count = wrapped.count - Self.overheadOctetCount
        guard key.count == keyOctetCount, Self.isWhole(count) else { throw .decryptionFailed }
        var isOpen = false
        let secret = SecretOctets(count: count) { output in
            isOpen = wrapped.withUnsafeBytes { run($0, output, key, 0) }
        }
        guard isOpen else {
            ERR_clear_error()
            throw .decryptionFailed
        }
        return secret
    }

    private func run(
        _ input: UnsafeRawBufferPointer,
        _ output: UnsafeMutableRawBufferPointer,
        _ key: borrowing SecretOctets,
        _ direction: Int32
    ) -> Bool {
        guard let algorithm = fetched.pointer, let context = EVP_CIPHER_CTX_new() else { return false }
        defer { EVP_CIPHER_CTX_free(context) }
        EVP_CIPHER_CTX_set_flags(context, EVP_CIPHER_CTX_FLAG_WRAP_ALLOW)
        let isReady = key.withUnsafeBytes { key in
            EVP_CipherInit_ex2(
                context,
                algorithm,
                key.assumingMemoryBound(to: UInt8.self).baseAddress,
                nil,
                direction,
                nil
            )
        }
        // One octet block more than the output: libcrypto's unwrapping clears as many octets as it was given.
        return withUnsafeTemporaryAllocation(byteCount: input.count + Self.overheadOctetCount, alignment: 8) { buffer in
            var written: Int32 = 0
            let isDone =
                isReady == 1
                && EVP_CipherUpdate(
                    context,
                    buffer.assumingMemoryBound(to: UInt8.self).baseAddress,
                    &written,
                    input.assumingMemoryBound(to: UInt8.self).baseAddress,
                    Int32(input.count)
                ) == 1 && Int(written) == output.count
            if isDone { output.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<output.count])) }
            OPENSSL_cleanse(buffer.baseAddress, buffer.count)
            return isDone
        }
    }

    private func checkLength(of key: borrowing SecretOctets) throws(CryptographyError) {
        guard key.count == keyOctetCount else {
            throw .wrongKeyLength(expected: keyOctetCount, actual: key.count)
        }
    }

    private static func isWhole(_ count: Int) -> Bool {
        (16...secretLimit).contains(count) && count.isMultiple(of: 8)
    }

    private var fetched: FetchedAlgorithm {
        switch self {
        case .aes128: Self.fetched128
        case .aes192: Self.fetched192
        case .aes256: Self.fetched256
        }
    }

    private static let fetched128 = FetchedAlgorithm.cipher("AES-128-WRAP")
    private static let fetched192 = FetchedAlgorithm.cipher("AES-192-WRAP")
    private static let fetched256 = FetchedAlgorithm.cipher("AES-256-WRAP")
}

extension SecretKey {
    /// Wraps `secret` under this key; throws as `KeyWrap.wrap`.
    package func wrap(_ secret: borrowing SecretOctets, by method: KeyWrap) throws(CryptographyError) -> [UInt8] {
        try method.wrap(secret, under: octets)
    }

    /// The secret in `wrapped`; throws as `KeyWrap.unwrap`.
    package func unwrap(_ wrapped: [UInt8], by method: KeyWrap) throws(CryptographyError) -> SecretOctets {
        try method.unwrap(wrapped, under: octets)
    }
}

extension KeyWrap: CustomStringConvertible {
    /// Such as `AES-256 key wrap`.
    package var description: String { "AES-\(keyOctetCount * 8) key wrap" }
}

import COpenSSL

/// Computes an HMAC (RFC 2104, FIPS 198-1) from octets that arrive in chunks; never truncated.
package struct HMAC: ~Copyable {
    private let context: OpaquePointer
    private let octetCount: Int

    /// Begins an HMAC with `digest` under `key`; throws `wrongKeyLength` for a key without octets.
    package init(_ digest: DigestAlgorithm, key: borrowing SecretOctets) throws(CryptographyError) {
        guard key.count > 0 else { throw .wrongKeyLength(expected: digest.octetCount, actual: 0) }
        guard let context = EVP_MAC_CTX_dup(HMACTemplate.of(digest)) else { stopForBrokenLibrary("HMAC") }
        let isReady = key.withUnsafeBytes { key in
            EVP_MAC_init(context, key.assumingMemoryBound(to: UInt8.self).baseAddress, key.count, nil)
        }
        guard isReady == 1 else {
            EVP_MAC_CTX_free(context)
            throw ErrorQueue.failure(of: "HMAC")
        }
        self.context = context
        octetCount = digest.octetCount
    }

    deinit {
        EVP_MAC_CTX_free(context)
    }

    /// Adds the octets of `chunk`.
    package mutating func update(_ chunk: UnsafeRawBufferPointer) {
        let start = chunk.assumingMemoryBound(to: UInt8.self).baseAddress
        guard EVP_MAC_update(context, start, chunk.count) == 1 else { stopForBrokenLibrary("HMAC") }
    }

    /// Adds the octets of `chunk`.
    package mutating func update(_ chunk: borrowing Span<UInt8>) {
        chunk.withUnsafeBytes { update($0) }
    }

    /// Adds the octets of `chunk`.
    package mutating func update(_ chunk: [UInt8]) {
        chunk.withUnsafeBytes { update($0) }
    }

    /// The code over everything added.
    package consuming func finalize() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: octetCount) { buffer, initializedCount in
            var count = 0
            guard EVP_MAC_final(context, buffer.baseAddress, &count, octetCount) == 1, count == octetCount else {
                stopForBrokenLibrary("HMAC")
            }
            initializedCount = count
        }
    }
}

/// A context for each digest, without a key, of which every computation starts as a copy.
///
/// `@unchecked Sendable`: a template is never changed after it was made; copying reads it.
private struct HMACTemplate: @unchecked Sendable {
    private let context: OpaquePointer?

    private init(_ digest: DigestAlgorithm) {
        guard let algorithm = EVP_MAC_fetch(nil, "HMAC", nil) else {
            context = nil
            return
        }
        defer { EVP_MAC_free(algorithm) }
        context = EVP_MAC_CTX_new(algorithm)
        guard rekey_mac_set_digest(context, digest.libraryName) == 1 else { stopForBrokenLibrary("HMAC") }
    }

    static func of(_ digest: DigestAlgorithm) -> OpaquePointer {
        let template =
            switch digest {
            case .sha1: sha1
            case .sha224: sha224
            case .sha256: sha256
            case .sha384: sha384
            case .sha512: sha512
            }
        guard let context = template.context else { stopForBrokenLibrary("HMAC") }
        return context
    }

    private static let sha1 = HMACTemplate(.sha1)
    private static let sha224 = HMACTemplate(.sha224)
    private static let sha256 = HMACTemplate(.sha256)
    private static let sha384 = HMACTemplate(.sha384)
    private static let sha512 = HMACTemplate(.sha512)
}

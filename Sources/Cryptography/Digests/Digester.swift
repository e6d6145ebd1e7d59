import COpenSSL

/// Computes a digest from octets that arrive in chunks.
package struct Digester: ~Copyable {
    private let context: OpaquePointer
    private let octetCount: Int

    /// Begins a digest.
    package init(_ algorithm: DigestAlgorithm) {
        guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex2(context, algorithm.fetched, nil) == 1 else {
            stopForBrokenLibrary("a digest")
        }
        self.context = context
        octetCount = algorithm.octetCount
    }

    deinit {
        EVP_MD_CTX_free(context)
    }

    /// Adds the octets of `chunk`.
    package mutating func update(_ chunk: UnsafeRawBufferPointer) {
        guard EVP_DigestUpdate(context, chunk.baseAddress, chunk.count) == 1 else { stopForBrokenLibrary("a digest") }
    }

    /// Adds the octets of `chunk`.
    package mutating func update(_ chunk: borrowing Span<UInt8>) {
        chunk.withUnsafeBytes { update($0) }
    }

    /// Adds the octets of `chunk`.
    package mutating func update(_ chunk: [UInt8]) {
        chunk.withUnsafeBytes { update($0) }
    }

    /// The digest of everything added.
    package consuming func finalize() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: octetCount) { buffer, initializedCount in
            guard EVP_DigestFinal_ex(context, buffer.baseAddress, nil) == 1 else { stopForBrokenLibrary("a digest") }
            initializedCount = octetCount
        }
    }
}

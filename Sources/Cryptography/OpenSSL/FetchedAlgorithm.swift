import COpenSSL

/// An algorithm object of libcrypto, fetched once for the life of the process.
///
/// `@unchecked Sendable`: a fetched `EVP_MD` or `EVP_CIPHER` is never changed and libcrypto shares it between threads.
struct FetchedAlgorithm: @unchecked Sendable {
    /// `nil` when no loaded provider has the algorithm.
    let pointer: OpaquePointer?

    static func digest(_ name: String) -> FetchedAlgorithm {
        FetchedAlgorithm(pointer: EVP_MD_fetch(nil, name, nil))
    }

    static func cipher(_ name: String) -> FetchedAlgorithm {
        FetchedAlgorithm(pointer: EVP_CIPHER_fetch(nil, name, nil))
    }
}

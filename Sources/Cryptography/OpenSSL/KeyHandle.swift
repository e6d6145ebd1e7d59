import COpenSSL

/// Owns one reference to an `EVP_PKEY`.
///
/// `@unchecked Sendable`: the key is never changed after it was made, and libcrypto reads it from several threads.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    /// Takes over the reference; `nil` when there is none.
    init?(owning pointer: OpaquePointer?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    deinit {
        EVP_PKEY_free(pointer)
    }
}

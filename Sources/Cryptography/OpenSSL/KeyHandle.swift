import COpenSSL
import Synchronization

/// Owns one reference to an `EVP_PKEY`.
///
/// `@unchecked Sendable`: the key is never changed after it was made, and libcrypto reads it from several threads.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer
    private let templates = Mutex<[Template]>([])

    /// How many uses are kept ready; a message can name many.
    private static let templateLimit = 8

    /// Takes over the reference; `nil` when there is none.
    init?(owning pointer: OpaquePointer?) {
        guard let pointer else { return nil }
        self.pointer = pointer
    }

    deinit {
        templates.withLock { templates in
            for template in templates { EVP_PKEY_CTX_free(template.context) }
        }
        EVP_PKEY_free(pointer)
    }

    /// A context for one operation, set up for `use`; the caller owns it.
    ///
    /// Setting one up costs a fifth of verifying by RSA, copying one next to nothing; so a copy is kept of each.
    func context(for use: KeyUse) -> OpaquePointer? {
        if let copy = templates.withLock({ $0.first { $0.use == use }?.copy() }) { return copy.context }
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil) else { return nil }
        guard use.configure(context) else {
            EVP_PKEY_CTX_free(context)
            return nil
        }
        keep(context, for: use)
        return context
    }

    private func keep(_ context: OpaquePointer, for use: KeyUse) {
        templates.withLock { templates in
            guard templates.count < Self.templateLimit, !templates.contains(where: { $0.use == use }),
                let copy = EVP_PKEY_CTX_dup(context)
            else { return }
            templates.append(Template(use: use, context: copy))
        }
        // Uses that libcrypto cannot copy are set up anew each time.
        ERR_clear_error()
    }

    /// `@unchecked Sendable`: the context is only ever copied, under the lock.
    private struct Template: @unchecked Sendable {
        let use: KeyUse
        let context: OpaquePointer

        func copy() -> Template? { EVP_PKEY_CTX_dup(context).map { Template(use: use, context: $0) } }
    }
}

import COpenSSL

/// What key derivation functions have in common.
enum KeyDerivation {
    /// The most octets that are derived.
    static let octetLimit = 64

    /// A key of `octetCount` octets by the function that libcrypto has under that name; `nil` = it takes no salt.
    static func derive(
        by function: String,
        from secret: borrowing SecretOctets,
        digest: DigestAlgorithm,
        salt: [UInt8]? = nil,
        info: [UInt8],
        octetCount: Int
    ) throws(CryptographyError) -> SecretOctets {
        guard (1...octetLimit).contains(octetCount) else {
            throw .limitExceeded(what: "the derived key in octets", limit: octetLimit)
        }
        var isDerived = false
        let key = secret.withUnsafeBytes { secret in
            SecretOctets(count: octetCount) { output in
                isDerived =
                    rekey_derive(
                        function,
                        digest.libraryName,
                        secret.baseAddress,
                        secret.count,
                        salt ?? [],
                        salt?.count ?? 0,
                        salt == nil ? 0 : 1,
                        info,
                        info.count,
                        output.assumingMemoryBound(to: UInt8.self).baseAddress,
                        octetCount
                    ) == 1
            }
        }
        guard isDerived else { throw ErrorQueue.failure(of: "key derivation") }
        return key
    }
}

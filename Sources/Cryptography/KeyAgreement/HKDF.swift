import COpenSSL

/// The extract-and-expand key derivation function of RFC 5869.
package enum HKDF {
    /// The most octets that are derived.
    package static let octetLimit = 64

    /// A key of `octetCount` octets from a secret; without `salt` as many zeros as a digest has octets are taken.
    package static func derive(
        from secret: borrowing SecretOctets,
        digest: DigestAlgorithm,
        salt: [UInt8],
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
                    rekey_hkdf(
                        digest.libraryName,
                        secret.baseAddress,
                        secret.count,
                        salt,
                        salt.count,
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

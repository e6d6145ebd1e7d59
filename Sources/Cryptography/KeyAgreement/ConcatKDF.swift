import COpenSSL

/// The concatenation key derivation function (NIST SP 800-56A section 5.8.2.1, XML Encryption 1.1 section 5.4.1).
package enum ConcatKDF {
    /// The most octets that are derived.
    package static let octetLimit = 64

    /// A key of `octetCount` octets from a shared secret; `otherInfo` are the parts of `OtherInfo` one after the other.
    package static func derive(
        from secret: borrowing SecretOctets,
        digest: DigestAlgorithm,
        otherInfo: [UInt8],
        octetCount: Int
    ) throws(CryptographyError) -> SecretOctets {
        guard (1...octetLimit).contains(octetCount) else {
            throw .limitExceeded(what: "the derived key in octets", limit: octetLimit)
        }
        var isDerived = false
        let key = secret.withUnsafeBytes { secret in
            SecretOctets(count: octetCount) { output in
                isDerived =
                    rekey_single_step_kdf(
                        digest.libraryName,
                        secret.baseAddress,
                        secret.count,
                        otherInfo,
                        otherInfo.count,
                        output.assumingMemoryBound(to: UInt8.self).baseAddress,
                        octetCount
                    ) == 1
            }
        }
        guard isDerived else { throw ErrorQueue.failure(of: "key derivation") }
        return key
    }
}

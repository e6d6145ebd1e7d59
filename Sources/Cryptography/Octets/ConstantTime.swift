import COpenSSL

/// Comparison whose time depends on the lengths alone.
package enum ConstantTime {
    /// Whether both hold the same octets.
    package static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return CRYPTO_memcmp(left, right, left.count) == 0
    }

    /// Whether both hold the same octets.
    package static func equal(_ left: borrowing SecretOctets, _ right: borrowing SecretOctets) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { leftOctets in
            right.withUnsafeBytes { CRYPTO_memcmp(leftOctets.baseAddress, $0.baseAddress, leftOctets.count) == 0 }
        }
    }
}

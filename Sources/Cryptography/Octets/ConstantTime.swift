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

    /// 0xFF where `octet` is zero, else 0.
    static func isZero(_ octet: UInt8) -> UInt8 {
        let word = UInt32(rekey_value_barrier(octet))
        return UInt8(truncatingIfNeeded: (word &- 1) >> 8)
    }

    /// 0xFF where both are the same, else 0.
    static func isEqual(_ left: UInt8, _ right: UInt8) -> UInt8 {
        isZero(left ^ right)
    }

    /// `left` under the mask 0xFF, `right` under the mask 0.
    static func select(_ mask: UInt8, _ left: UInt8, _ right: UInt8) -> UInt8 {
        let mask = rekey_value_barrier(mask)
        return left & mask | right & ~mask
    }
}

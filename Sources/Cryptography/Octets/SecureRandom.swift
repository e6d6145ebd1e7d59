import COpenSSL

/// Random octets from libcrypto's generator, seeded by the operating system.
package enum SecureRandom {
    /// `count` octets that may become public (initialisation vectors, serial numbers, identifiers).
    package static func octets(count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]))
            initializedCount = count
        }
    }

    /// `count` octets that stay secret.
    package static func secret(count: Int) -> SecretOctets {
        SecretOctets(count: count) { buffer in
            guard RAND_priv_bytes_ex(nil, buffer.baseAddress, buffer.count, 0) == 1 else {
                stopForBrokenLibrary("randomness")
            }
        }
    }

    static func fill(_ buffer: UnsafeMutableRawBufferPointer) {
        guard RAND_bytes_ex(nil, buffer.baseAddress, buffer.count, 0) == 1 else { stopForBrokenLibrary("randomness") }
    }
}

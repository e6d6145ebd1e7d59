import Cryptography

/// Hashed look-ups from the SHA-1 thumbprints of certificates to the versions that have them; needs none of them read.
struct ThumbprintIndex: Sendable {
    private var versions = ShardedMap<[UInt8], [KeyVersionID]>()

    init() {}

    /// Takes in the certificates of `entry`.
    mutating func insert(_ entry: KeyringEntry) {
        for octets in entry.identifyingOctets { versions.insert(entry.id, at: Self.thumbprint(octets)) }
    }

    /// Forgets the certificates of `entry`.
    mutating func remove(_ entry: KeyringEntry) {
        for octets in entry.identifyingOctets { versions.remove(entry.id, at: Self.thumbprint(octets)) }
    }

    subscript(thumbprint: [UInt8]) -> [KeyVersionID] { versions[thumbprint] ?? [] }

    private static func thumbprint(_ der: [UInt8]) -> [UInt8] { DigestAlgorithm.sha1.digest(of: der) }
}

import COpenSSL

/// A hash function of FIPS 180-4.
///
/// Which ones a message may use is decided by allow-lists above this target.
public enum DigestAlgorithm: String, CaseIterable, Hashable, Sendable {
    /// SHA-1.
    case sha1 = "SHA-1"
    /// SHA-224.
    case sha224 = "SHA-224"
    /// SHA-256.
    case sha256 = "SHA-256"
    /// SHA-384.
    case sha384 = "SHA-384"
    /// SHA-512.
    case sha512 = "SHA-512"

    /// The size of a digest in octets.
    public var octetCount: Int {
        switch self {
        case .sha1: 20
        case .sha224: 28
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// The digest of `octets`.
    package func digest(of octets: [UInt8]) -> [UInt8] {
        var digester = Digester(self)
        digester.update(octets)
        return digester.finalize()
    }

    /// libcrypto's object for this algorithm.
    var fetched: OpaquePointer {
        let algorithm =
            switch self {
            case .sha1: Self.fetchedSHA1
            case .sha224: Self.fetchedSHA224
            case .sha256: Self.fetchedSHA256
            case .sha384: Self.fetchedSHA384
            case .sha512: Self.fetchedSHA512
            }
        guard let pointer = algorithm.pointer else { stopForBrokenLibrary("the SHA family") }
        return pointer
    }

    /// libcrypto's name of this algorithm.
    var libraryName: String {
        switch self {
        case .sha1: "SHA1"
        case .sha224: "SHA2-224"
        case .sha256: "SHA2-256"
        case .sha384: "SHA2-384"
        case .sha512: "SHA2-512"
        }
    }

    private static let fetchedSHA1 = FetchedAlgorithm.digest(Self.sha1.libraryName)
    private static let fetchedSHA224 = FetchedAlgorithm.digest(Self.sha224.libraryName)
    private static let fetchedSHA256 = FetchedAlgorithm.digest(Self.sha256.libraryName)
    private static let fetchedSHA384 = FetchedAlgorithm.digest(Self.sha384.libraryName)
    private static let fetchedSHA512 = FetchedAlgorithm.digest(Self.sha512.libraryName)
}

extension DigestAlgorithm: CustomStringConvertible {
    /// The algorithm's usual name, such as `SHA-256`.
    public var description: String { rawValue }
}

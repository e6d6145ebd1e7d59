import Cryptography
import Foundation

/// Certificates of another key that look like a given one to whoever looks at identifiers alone.
enum Forgery {
    struct NotFound: Error {}

    static func certificate(
        like original: Certificate,
        from begin: Date
    ) throws -> (sameSerial: Certificate, sameIdentifier: Certificate) {
        let other = try Pair(original.subject, from: begin).certificate
        return try (
            replacing(serial(of: other), by: serial(of: original), in: other),
            replacing(other.keyIdentifier, by: original.keyIdentifier, in: other)
        )
    }

    /// `certificate` under the serial number of `other`; its signature does not fit any more.
    static func replacingSerial(of certificate: Certificate, by other: Certificate) throws -> Certificate {
        try replacing(serial(of: certificate), by: serial(of: other), in: certificate)
    }

    /// The serial number's octets, just after the version.
    private static func serial(of certificate: Certificate) throws -> [UInt8] {
        let version: [UInt8] = [0xA0, 0x03, 0x02, 0x01, 0x02, 0x02, 0x10]
        guard let range = certificate.der.firstRange(of: version) else { throw NotFound() }
        return Array(certificate.der[range.upperBound...].prefix(16))
    }

    private static func replacing(
        _ old: [UInt8],
        by new: [UInt8],
        in certificate: Certificate
    ) throws -> Certificate {
        var der = certificate.der
        guard let range = der.firstRange(of: old), old.count == new.count else { throw NotFound() }
        der.replaceSubrange(range, with: new)
        return try Certificate(der: der)
    }
}

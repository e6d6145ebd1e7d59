import SwiftASN1

extension PublicKey {
    /// The numbers that make a public key.
    package enum Numbers: Hashable, Sendable {
        /// Modulus and exponent, big-endian without leading zeros.
        case rsa(modulus: [UInt8], exponent: [UInt8])
        /// The curve and the point as SEC 1 section 2.3.3 writes it.
        case ec(EllipticCurve, point: [UInt8])
    }

    /// The numbers of an RSA or EC key; `nil` for all others.
    package var numbers: Numbers? {
        guard let octets = try? SubjectPublicKeyInfo(der: spki).keyOctets else { return nil }
        switch algorithm {
        case .rsa: return Self.rsaNumbers(octets)
        case .ec(let curve): return .ec(curve, point: octets)
        default: return nil
        }
    }

    private static func rsaNumbers(_ octets: [UInt8]) -> Numbers? {
        try? DER.sequence(DER.parse(octets), identifier: .sequence) { nodes in
            let modulus = try ArraySlice<UInt8>(derEncoded: &nodes)
            let exponent = try ArraySlice<UInt8>(derEncoded: &nodes)
            return .rsa(modulus: Array(modulus.drop { $0 == 0 }), exponent: Array(exponent.drop { $0 == 0 }))
        }
    }
}

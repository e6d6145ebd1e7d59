extension PublicKey {
    /// The RSA key of these big-endian numbers; throws `malformedKey` or `limitExceeded`.
    package init(rsaModulus modulus: [UInt8], exponent: [UInt8]) throws(CryptographyError) {
        let numbers = SubjectPublicKeyInfo.sequence(
            SubjectPublicKeyInfo.integer(modulus) + SubjectPublicKeyInfo.integer(exponent)
        )
        try self.init(spki: SubjectPublicKeyInfo.der(algorithm: SubjectPublicKeyInfo.rsaEncryption, key: numbers))
    }

    /// The key of an encoded point (SEC 1 section 2.3.3) on `curve`; throws `malformedKey`.
    package init(point: [UInt8], on curve: EllipticCurve) throws(CryptographyError) {
        guard point.count == 1 + 2 * curve.orderOctetCount, point.first == 0x04 else {
            throw .malformedKey("not an uncompressed point on \(curve.rawValue)")
        }
        try self.init(spki: SubjectPublicKeyInfo.der(algorithm: SubjectPublicKeyInfo.identifier(of: curve), key: point))
    }
}

extension PublicKey {
    /// The Ed25519 or X25519 key of these octets (RFC 8410 section 4); throws `malformedKey`.
    package init(octets: [UInt8], of algorithm: KeyAlgorithm) throws(CryptographyError) {
        guard let identifier = SubjectPublicKeyInfo.identifier(ofCurve25519: algorithm) else {
            throw .malformedKey("\(algorithm) keys are not octets alone")
        }
        try self.init(spki: SubjectPublicKeyInfo.der(algorithm: identifier, key: octets))
    }

    /// The octets of an Ed25519 or X25519 key; `nil` for all others.
    package var octets: [UInt8]? {
        guard SubjectPublicKeyInfo.identifier(ofCurve25519: algorithm) != nil else { return nil }
        return try? SubjectPublicKeyInfo(der: spki).keyOctets
    }
}

extension EllipticCurve {
    /// The object identifier in dotted form (RFC 5480 section 2.1.1.1).
    package var objectIdentifier: String {
        switch self {
        case .p256: "1.2.840.10045.3.1.7"
        case .p384: "1.3.132.0.34"
        case .p521: "1.3.132.0.35"
        }
    }
}

extension SubjectPublicKeyInfo {
    /// The `AlgorithmIdentifier` of RSA, with its NULL.
    fileprivate static let rsaEncryption: [UInt8] = [
        0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00,
    ]

    /// The `AlgorithmIdentifier` of a key on a named curve (RFC 5480 section 2.1.1).
    fileprivate static func identifier(of curve: EllipticCurve) -> [UInt8] {
        let publicKey: [UInt8] = [0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
        let named: [UInt8] =
            switch curve {
            case .p256: [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
            case .p384: [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22]
            case .p521: [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23]
            }
        return sequence(publicKey + named)
    }

    /// The `AlgorithmIdentifier` of a key on Curve25519 (RFC 8410 section 3); `nil` for others.
    fileprivate static func identifier(ofCurve25519 algorithm: KeyAlgorithm) -> [UInt8]? {
        switch algorithm {
        case .ed25519: sequence([0x06, 0x03, 0x2B, 0x65, 0x70])
        case .x25519: sequence([0x06, 0x03, 0x2B, 0x65, 0x6E])
        default: nil
        }
    }

    fileprivate static func der(algorithm: [UInt8], key: [UInt8]) -> [UInt8] {
        sequence(algorithm + element(0x03, [0] + key))
    }

    fileprivate static func sequence(_ content: [UInt8]) -> [UInt8] { element(0x30, content) }

    /// A number that is not negative, in the shortest form.
    fileprivate static func integer(_ octets: [UInt8]) -> [UInt8] {
        let significant = octets.drop { $0 == 0 }
        let isSigned = (significant.first ?? 0) & 0x80 != 0 || significant.isEmpty
        return element(0x02, (isSigned ? [0] : []) + significant)
    }

    private static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        var length: [UInt8] = []
        var rest = content.count
        while rest > 0 {
            length.insert(UInt8(truncatingIfNeeded: rest), at: 0)
            rest >>= 8
        }
        let head: [UInt8] = content.count < 0x80 ? [UInt8(content.count)] : [0x80 | UInt8(length.count)] + length
        return [tag] + head + content
    }
}

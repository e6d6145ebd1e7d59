import Cryptography

/// Makes a key pair in a token: kept there, private, sensitive, not extractable.
struct TokenGeneration {
    private let kind: KeyKind
    private let mechanism: UInt
    private let publicTemplate: Template
    private let privateTemplate: Template

    init(_ kind: KeyKind, identifier: [UInt8], label: String) throws(TokenFault) {
        self.kind = kind
        let named = Template().flag(Attribute.token).octets(Attribute.id, identifier)
            .octets(Attribute.label, Array(label.utf8))
        let (shown, hidden) = (
            named.flag(Attribute.verify),
            named.flag(Attribute.isPrivate).flag(Attribute.sensitive).flag(Attribute.extractable, false)
                .flag(Attribute.sign)
        )
        switch kind.algorithm {
        case .rsa(let bits):
            mechanism = MechanismNumber.rsaKeyPair
            publicTemplate = shown.flag(Attribute.encrypt).number(Attribute.modulusBits, UInt(bits))
                .octets(Attribute.publicExponent, [1, 0, 1])
            privateTemplate = hidden.flag(Attribute.decrypt)
        case .ec(let curve):
            mechanism = MechanismNumber.ecKeyPair
            publicTemplate = shown.octets(Attribute.curve, curve.namedCurve)
            privateTemplate = hidden.flag(Attribute.derive)
        case .ed25519, .x25519, .other:
            throw .refused(
                "keys of kind \(kind.rawValue) are not made in tokens: use RSA, or EC on P-256, P-384 or P-521"
            )
        }
    }

    /// Makes the pair; returns its public half.
    func run(_ session: TokenSession) throws(TokenFault) -> PublicKey {
        let pair = try session.generatePair(
            mechanism,
            publicTemplate: publicTemplate,
            privateTemplate: privateTemplate
        )
        do throws(TokenFault) {
            return try publicKey(pair.publicKey, session)
        } catch {
            // A key whose public half nobody knows is of no use to anybody.
            try? session.destroy(pair.privateKey)
            try? session.destroy(pair.publicKey)
            throw error
        }
    }

    private func publicKey(_ object: UInt, _ session: TokenSession) throws(TokenFault) -> PublicKey {
        do {
            switch kind.algorithm {
            case .ec(let curve):
                let octets = try session.attribute(Attribute.point, of: object)
                return try PublicKey(point: curve.point(octets), on: curve)
            default:
                let modulus = try session.attribute(Attribute.modulus, of: object)
                let exponent = try session.attribute(Attribute.publicExponent, of: object)
                return try PublicKey(rsaModulus: modulus, exponent: exponent)
            }
        } catch let fault as TokenFault {
            throw fault
        } catch {
            throw .refused("the public half of the new key cannot be read: \(error)")
        }
    }
}

extension EllipticCurve {
    /// The DER of the curve's object identifier (RFC 5480 section 2.1.1.1).
    var namedCurve: [UInt8] {
        switch self {
        case .p256: [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
        case .p384: [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22]
        case .p521: [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23]
        }
    }

    /// The point in CKA_EC_POINT: in an OCTET STRING, as the standard says, or bare, as some tokens have it.
    func point(_ octets: [UInt8]) -> [UInt8] {
        let count = 1 + 2 * fieldOctetCount
        return octets.count > count ? Array(octets.suffix(count)) : octets
    }
}

import Cryptography

/// The attributes that both halves of a key pair in a token have, whether it is made there or brought.
///
/// Kept there, for signatures, decryption or agreement as the algorithm does them; the private half private, sensitive and not
/// extractable.
struct PairTemplates {
    let publicHalf: Template
    let privateHalf: Template

    init(_ algorithm: KeyAlgorithm, identifier: [UInt8], label: String) {
        let named = Template().flag(Attribute.token).octets(Attribute.id, identifier)
            .octets(Attribute.label, Array(label.utf8))
        let hidden = named.flag(Attribute.isPrivate).flag(Attribute.sensitive).flag(Attribute.extractable, false)
        switch algorithm {
        case .rsa:
            publicHalf = named.flag(Attribute.verify).flag(Attribute.encrypt)
            privateHalf = hidden.flag(Attribute.sign).flag(Attribute.decrypt)
        case .ec:
            publicHalf = named.flag(Attribute.verify)
            privateHalf = hidden.flag(Attribute.sign).flag(Attribute.derive)
        case .x25519:
            publicHalf = named
            privateHalf = hidden.flag(Attribute.derive)
        case .ed25519, .other:
            publicHalf = named.flag(Attribute.verify)
            privateHalf = hidden.flag(Attribute.sign)
        }
    }
}

extension KeyAlgorithm {
    /// The DER of the curve's object identifier (RFC 5480 section 2.1.1.1, RFC 8410 section 3), as CKA_EC_PARAMS has it; `nil`
    /// for keys on none.
    var curveParameters: [UInt8]? {
        switch self {
        case .ec(.p256): [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07]
        case .ec(.p384): [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x22]
        case .ec(.p521): [0x06, 0x05, 0x2B, 0x81, 0x04, 0x00, 0x23]
        case .ed25519: [0x06, 0x03, 0x2B, 0x65, 0x70]
        case .x25519: [0x06, 0x03, 0x2B, 0x65, 0x6E]
        case .rsa, .other: nil
        }
    }

    /// The mechanisms that make such keys, the proper one first: SoftHSM makes X25519 keys as if they were Edwards'.
    var generationMechanisms: [UInt] {
        switch self {
        case .rsa: [MechanismNumber.rsaKeyPair]
        case .ec: [MechanismNumber.ecKeyPair]
        case .ed25519: [MechanismNumber.edwardsKeyPair]
        case .x25519: [MechanismNumber.montgomeryKeyPair, MechanismNumber.edwardsKeyPair]
        case .other: []
        }
    }

    /// The types of such keys (CKA_KEY_TYPE), the proper one first.
    var objectTypes: [UInt] {
        switch self {
        case .rsa: [0]
        case .ec: [3]
        case .ed25519: [0x40]
        case .x25519: [0x41, 0x40]
        case .other: []
        }
    }

    /// The octets of the public key in CKA_EC_POINT: in an OCTET STRING, as the standard says, or bare, as some tokens have it.
    func point(_ octets: [UInt8]) -> [UInt8] {
        let count =
            switch self {
            case .ec(let curve): 1 + 2 * curve.fieldOctetCount
            default: 32
            }
        return octets.count > count ? Array(octets.suffix(count)) : octets
    }
}

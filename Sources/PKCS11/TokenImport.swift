import Cryptography

/// Brings a private key into a token: kept there, private, sensitive, not extractable, as those that are made there.
struct TokenImport {
    private let algorithm: KeyAlgorithm
    private let publicTemplate: Template
    private let privateTemplate: Template

    /// Throws `deviceFailed` for a key that is in a device already.
    init(_ key: PrivateKey, identifier: [UInt8], label: String) throws(CryptographyError) {
        algorithm = key.algorithm
        let pair = PairTemplates(key.algorithm, identifier: identifier, label: label)
        var shown = pair.publicHalf.number(Attribute.objectClass, ObjectClass.publicKey)
        var hidden = pair.privateHalf.number(Attribute.objectClass, ObjectClass.privateKey)
        if let curve = key.algorithm.curveParameters {
            shown = shown.octets(Attribute.curve, curve)
                .octets(Attribute.point, Self.octetString(key.publicKey.pointOctets ?? []))
            hidden = hidden.octets(Attribute.curve, curve)
        } else if case .rsa(let modulus, let exponent) = key.publicKey.numbers {
            shown = shown.octets(Attribute.modulus, modulus).octets(Attribute.publicExponent, exponent)
            hidden = hidden.octets(Attribute.modulus, modulus).octets(Attribute.publicExponent, exponent)
        }
        publicTemplate = shown
        privateTemplate = try Self.adding(key.secretNumbers(), to: hidden)
    }

    /// Makes both halves; throws, and leaves nothing there, when the token does not keep the private one to itself.
    func run(_ session: TokenSession) throws(TokenFault) {
        let created = try create(session)
        do throws(TokenFault) {
            guard try session.attribute(Attribute.sensitive, of: created.key) == [1],
                try session.attribute(Attribute.extractable, of: created.key) == [0]
            else { throw TokenFault.refused("it would let the key out again: make the key in it instead") }
            _ = try session.create(publicTemplate.number(Attribute.keyType, created.type))
        } catch {
            try? session.destroy(created.key)
            throw error
        }
    }

    private func create(_ session: TokenSession) throws(TokenFault) -> (key: UInt, type: UInt) {
        var cause = "no type is known"
        for type in algorithm.objectTypes {
            do throws(TokenFault) {
                let key = try session.create(privateTemplate.number(Attribute.keyType, type))
                return (key, type)
            } catch {
                guard error.value?.isRefusedObject == true else { throw error }
                cause = error.cause
            }
        }
        throw .refused(
            "it takes no \(algorithm) key from outside, \(cause): make the key in it, as a renewal does with --token, or keep "
                + "this one in the keystore"
        )
    }

    private static func adding(_ numbers: PrivateNumbers, to template: Template) -> Template {
        switch numbers {
        case .octets(let octets): template.secret(Attribute.value, octets)
        case .rsa(let rsa):
            template.secret(Attribute.privateExponent, rsa.exponent)
                .secret(Attribute.firstPrime, rsa.primes.0).secret(Attribute.secondPrime, rsa.primes.1)
                .secret(Attribute.firstExponent, rsa.exponents.0).secret(Attribute.secondExponent, rsa.exponents.1)
                .secret(Attribute.coefficient, rsa.coefficient)
        }
    }

    /// The DER of an OCTET STRING of at most 255 octets, as a point is.
    private static func octetString(_ octets: [UInt8]) -> [UInt8] {
        [0x04] + (octets.count < 0x80 ? [] : [0x81]) + [UInt8(truncatingIfNeeded: octets.count)] + octets
    }
}

extension PublicKey {
    /// The point of a key on a curve, as CKA_EC_POINT has it within its OCTET STRING; `nil` for others.
    fileprivate var pointOctets: [UInt8]? {
        if case .ec(_, let point) = numbers { point } else { octets }
    }
}

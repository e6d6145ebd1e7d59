import Cryptography

/// Makes a key pair in a token: kept there, private, sensitive, not extractable.
struct TokenGeneration {
    private let kind: KeyKind
    private let publicTemplate: Template
    private let privateTemplate: Template

    init(_ kind: KeyKind, identifier: [UInt8], label: String) {
        self.kind = kind
        let pair = PairTemplates(kind.algorithm, identifier: identifier, label: label)
        privateTemplate = pair.privateHalf
        if case .rsa(let bits) = kind.algorithm {
            publicTemplate = pair.publicHalf.number(Attribute.modulusBits, UInt(bits))
                .octets(Attribute.publicExponent, [1, 0, 1])
        } else {
            publicTemplate = pair.publicHalf.octets(Attribute.curve, kind.algorithm.curveParameters ?? [])
        }
    }

    /// Makes the pair; returns its public half.
    func run(_ session: TokenSession) throws(TokenFault) -> PublicKey {
        let pair = try generate(session)
        do throws(TokenFault) {
            return try publicKey(pair.publicKey, session)
        } catch {
            // A key whose public half nobody knows is of no use to anybody.
            try? session.destroy(pair.privateKey)
            try? session.destroy(pair.publicKey)
            throw error
        }
    }

    private func generate(_ session: TokenSession) throws(TokenFault) -> (publicKey: UInt, privateKey: UInt) {
        var cause = "no mechanism is known"
        for mechanism in kind.algorithm.generationMechanisms {
            do throws(TokenFault) {
                return try session.generatePair(
                    mechanism,
                    publicTemplate: publicTemplate,
                    privateTemplate: privateTemplate
                )
            } catch {
                guard error.value?.isUnable == true else { throw error }
                cause = error.cause
            }
        }
        throw .refused(
            "it makes no keys of kind \(kind.rawValue), \(cause): choose another kind, or keep this one in the keystore"
        )
    }

    private func publicKey(_ object: UInt, _ session: TokenSession) throws(TokenFault) -> PublicKey {
        do {
            if case .rsa = kind.algorithm {
                let modulus = try session.attribute(Attribute.modulus, of: object)
                let exponent = try session.attribute(Attribute.publicExponent, of: object)
                return try PublicKey(rsaModulus: modulus, exponent: exponent)
            }
            let point = try kind.algorithm.point(session.attribute(Attribute.point, of: object))
            if case .ec(let curve) = kind.algorithm { return try PublicKey(point: point, on: curve) }
            return try PublicKey(octets: point, of: kind.algorithm)
        } catch let fault as TokenFault {
            throw fault
        } catch {
            throw .refused("the public half of the new key cannot be read: \(error)")
        }
    }
}

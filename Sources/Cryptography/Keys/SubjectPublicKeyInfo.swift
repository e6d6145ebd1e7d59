import SwiftASN1

/// The parts of a `SubjectPublicKeyInfo` (RFC 5280 section 4.1.2.7) that tell what key it is.
struct SubjectPublicKeyInfo {
    /// The largest RSA modulus that is taken, in bits.
    static let modulusBitLimit = 16_384

    let algorithm: KeyAlgorithm
    /// The content of the `subjectPublicKey` bit string.
    let keyOctets: [UInt8]

    init(der: [UInt8]) throws(CryptographyError) {
        do {
            self = try DER.sequence(DER.parse(der), identifier: .sequence) { nodes in
                let (algorithm, curve) = try Self.identifiers(&nodes)
                let key = try ASN1BitString(derEncoded: &nodes)
                return try Self(
                    algorithm: Self.algorithm(algorithm, curve: curve, key: key.bytes),
                    keyOctets: Array(key.bytes)
                )
            }
        } catch let error as CryptographyError {
            throw error
        } catch {
            throw .malformedKey("not a SubjectPublicKeyInfo")
        }
    }

    private init(algorithm: KeyAlgorithm, keyOctets: [UInt8]) {
        self.algorithm = algorithm
        self.keyOctets = keyOctets
    }

    /// The algorithm's identifier and, where its parameter is one, the curve's.
    private static func identifiers(
        _ nodes: inout ASN1NodeCollection.Iterator
    ) throws -> (ASN1ObjectIdentifier, ASN1ObjectIdentifier?) {
        guard let node = nodes.next() else { throw CryptographyError.malformedKey("no algorithm") }
        return try DER.sequence(node, identifier: .sequence) { parts in
            let algorithm = try ASN1ObjectIdentifier(derEncoded: &parts)
            let parameter = parts.next()
            guard let parameter, parameter.identifier == .objectIdentifier else { return (algorithm, nil) }
            return try (algorithm, ASN1ObjectIdentifier(derEncoded: parameter))
        }
    }

    private static func algorithm(
        _ identifier: ASN1ObjectIdentifier,
        curve: ASN1ObjectIdentifier?,
        key: ArraySlice<UInt8>
    ) throws -> KeyAlgorithm {
        switch (identifier, curve) {
        case (.AlgorithmIdentifier.rsaEncryption, _): try .rsa(bits: modulusBits(key))
        case (.AlgorithmIdentifier.idEcPublicKey, .NamedCurves.secp256r1): .ec(.p256)
        case (.AlgorithmIdentifier.idEcPublicKey, .NamedCurves.secp384r1): .ec(.p384)
        case (.AlgorithmIdentifier.idEcPublicKey, .NamedCurves.secp521r1): .ec(.p521)
        case (.AlgorithmIdentifier.idEcPublicKey, let curve):
            .other("EC \(curve.map(String.init(describing:)) ?? "without a named curve")")
        case (ed25519, nil): try edwards(.ed25519, key)
        case (x25519, nil): try edwards(.x25519, key)
        default: .other(String(describing: identifier))
        }
    }

    /// RFC 8410 section 3.
    private static let ed25519: ASN1ObjectIdentifier = [1, 3, 101, 112]
    private static let x25519: ASN1ObjectIdentifier = [1, 3, 101, 110]

    private static func edwards(_ algorithm: KeyAlgorithm, _ key: ArraySlice<UInt8>) throws -> KeyAlgorithm {
        guard key.count == 32 else { throw CryptographyError.malformedKey("\(algorithm) keys have 32 octets") }
        return algorithm
    }

    /// The size of the modulus; both numbers are odd, and the exponent is not 1, with which everybody could sign.
    private static func modulusBits(_ key: ArraySlice<UInt8>) throws -> Int {
        let (modulus, exponent) = try DER.sequence(DER.parse(key), identifier: .sequence) { nodes in
            let modulus = try ArraySlice<UInt8>(derEncoded: &nodes)
            let exponent = try ArraySlice<UInt8>(derEncoded: &nodes)
            return (modulus.drop { $0 == 0 }, exponent.drop { $0 == 0 })
        }
        guard let first = modulus.first, isOdd(modulus), isOdd(exponent), !exponent.elementsEqual([1]) else {
            throw CryptographyError.malformedKey("an RSA modulus or exponent that cannot be")
        }
        let bits = modulus.count * 8 - first.leadingZeroBitCount
        guard bits <= modulusBitLimit else {
            throw CryptographyError.limitExceeded(what: "the RSA modulus in bits", limit: modulusBitLimit)
        }
        return bits
    }

    private static func isOdd(_ number: ArraySlice<UInt8>) -> Bool {
        number.last.map { $0 & 1 == 1 } ?? false
    }
}

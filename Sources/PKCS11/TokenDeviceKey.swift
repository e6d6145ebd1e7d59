import CPKCS11
import Cryptography
import Keystore

/// A private key in a token, as computations see it.
struct TokenDeviceKey: DeviceKey {
    let connection: TokenConnection
    let key: TokenKey

    var device: String { "the token '\(connection.settings.name)'" }

    func sign(_ octets: [UInt8], by algorithm: SignatureAlgorithm) throws(CryptographyError) -> [UInt8] {
        var input = octets
        if case .rsaPKCS1(let digest) = algorithm { input = digest.infoPrefix + octets }
        let signature = try asking(for: "signing by \(algorithm)") { session, key throws(TokenFault) in
            try session.sign(input, limit: Self.signatureLimit) { session, functions in
                algorithm.withMechanism { functions.C_SignInit?(session, $0, key) } ?? nil
            }
        }
        guard signature.count == self.key.publicKey.algorithm.signatureOctetCount else {
            throw failed("it made a signature of \(signature.count) octets, which none of this key has")
        }
        return signature
    }

    func decipher(_ block: [UInt8]) throws(CryptographyError) -> SecretOctets? {
        let octetCount = try checked(block)
        do throws(TokenFault) {
            let opened = try connection.withSession { session throws(TokenFault) in
                let key = try connection.privateKey(self.key.identifier, in: session)
                return try session.decrypt(block, limit: octetCount) { session, functions in
                    withMechanism(MechanismNumber.rsaPlain) { functions.C_DecryptInit?(session, $0, key) }
                }
            }
            return opened.octets.shifted(from: opened.count)
        } catch {
            if case .returned("C_DecryptInit", let value) = error, value.isUnable { return nil }
            throw error.isAboutToken ? failed(error.cause) : .decryptionFailed
        }
    }

    func openOAEP(
        _ wrapped: [UInt8],
        digest: DigestAlgorithm,
        mgf: DigestAlgorithm
    ) throws(CryptographyError) -> SecretOctets {
        let octetCount = try checked(wrapped)
        let parameters = ck_rsa_pkcs_oaep_params(
            hash_alg: digest.number,
            mgf: mgf.maskNumber,
            source: 1,
            source_data: nil,
            source_data_len: 0
        )
        do throws(TokenFault) {
            let opened = try connection.withSession { session throws(TokenFault) in
                let key = try connection.privateKey(self.key.identifier, in: session)
                return try session.decrypt(wrapped, limit: octetCount) { session, functions in
                    withMechanism(MechanismNumber.rsaOAEP, parameters) { functions.C_DecryptInit?(session, $0, key) }
                }
            }
            return opened.octets.first(opened.count)
        } catch {
            guard error.isAboutToken else { throw .decryptionFailed }
            throw failed("opening RSA-OAEP with \(digest), MGF1 with \(mgf): \(error.cause)")
        }
    }

    func agree(with other: PublicKey) throws(CryptographyError) -> SecretOctets {
        let (point, octetCount) = try Self.peer(other)
        let template = Template().number(Attribute.objectClass, ObjectClass.secretKey)
            .number(Attribute.keyType, ObjectClass.genericSecret).flag(Attribute.token, false)
            .flag(Attribute.sensitive, false).flag(Attribute.extractable)
            .number(Attribute.valueLength, UInt(octetCount))
        return try asking(for: "key agreement") { session, key throws(TokenFault) in
            let derived = try session.derive(key, point: point, template)
            let secret = try session.secret(derived, count: octetCount)
            try session.destroy(derived)
            // A point of small order agrees on zeros with everybody (RFC 7748 section 6.1).
            guard !ConstantTime.equal(secret, SecretOctets(count: octetCount)) else {
                throw .refused("the other side's key is a point of small order")
            }
            return secret
        }
    }

    /// The octets of the other side's key, and how many octets are agreed on.
    private static func peer(_ key: PublicKey) throws(CryptographyError) -> (point: [UInt8], octetCount: Int) {
        if case .ec(let curve, let point) = key.numbers { return (point, curve.fieldOctetCount) }
        guard let octets = key.octets else {
            throw .keyAlgorithmMismatch(key: key.algorithm.description, algorithm: "key agreement")
        }
        return (octets, octets.count)
    }

    private static let signatureLimit = 2048

    /// What `body` returns for a session and the key in it.
    private func asking<Result: ~Copyable>(
        for what: String,
        _ body: (TokenSession, UInt) throws(TokenFault) -> Result
    ) throws(CryptographyError) -> Result {
        do throws(TokenFault) {
            return try connection.withSession { session throws(TokenFault) in
                try body(session, connection.privateKey(key.identifier, in: session))
            }
        } catch {
            throw failed(error.value?.isLoss == false ? "\(what): \(error.cause)" : error.cause)
        }
    }

    /// As many octets as the modulus has, and a number below it: else there is nothing to compute (RFC 8017 section 5.1.2).
    private func checked(_ block: [UInt8]) throws(CryptographyError) -> Int {
        guard case .rsa(let modulus, _) = key.publicKey.numbers, block.count == modulus.count,
            block.lexicographicallyPrecedes(modulus)
        else { throw .decryptionFailed }
        return modulus.count
    }

    private func failed(_ cause: String) -> CryptographyError { .deviceFailed(device: device, cause: cause) }
}

extension KeyAlgorithm {
    /// How many octets a signature has.
    fileprivate var signatureOctetCount: Int? {
        switch self {
        case .rsa(let bits): (bits + 7) / 8
        case .ec(let curve): 2 * curve.fieldOctetCount
        case .ed25519: 64
        case .x25519, .other: nil
        }
    }
}

extension EllipticCurve {
    /// The size in octets of a coordinate.
    var fieldOctetCount: Int {
        switch self {
        case .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }
}

extension SecretOctets {
    /// The first `count` octets.
    fileprivate borrowing func first(_ count: Int) -> SecretOctets {
        withUnsafeBytes { source in
            SecretOctets(count: count) { $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: source.prefix(count))) }
        }
    }

    /// As many octets, with the first `count` at the end: a number whose leading zeros the token left out.
    fileprivate borrowing func shifted(from count: Int) -> SecretOctets {
        withUnsafeBytes { source in
            SecretOctets(count: source.count) { target in
                UnsafeMutableRawBufferPointer(rebasing: target.suffix(count))
                    .copyMemory(from: UnsafeRawBufferPointer(rebasing: source.prefix(count)))
            }
        }
    }
}

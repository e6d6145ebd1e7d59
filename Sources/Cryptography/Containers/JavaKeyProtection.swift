import COpenSSL
import SwiftASN1

/// The two ways in which Java's own keystores encrypt a private key, and the work that opening may cost.
struct JavaKeyProtection {
    /// The most rounds of MD5 for all keys of a keystore.
    static let roundLimit = 20_000_000

    private static let streamCipher: ASN1ObjectIdentifier = [1, 3, 6, 1, 4, 1, 42, 2, 17, 1, 1]
    private static let tripleDES: ASN1ObjectIdentifier = [1, 3, 6, 1, 4, 1, 42, 2, 19, 1]

    private var rounds = 0

    /// The key in an `EncryptedPrivateKeyInfo` (RFC 5958 section 3), by the first of `passwords` that opens it.
    ///
    /// Throws `wrongPassword`, `unsupportedKey`, `malformedKey` or `limitExceeded`.
    mutating func key(in envelope: [UInt8], passwords: [String]) throws(CryptographyError) -> PrivateKey {
        guard let parts = try? Parts(envelope) else { throw JavaKeystore.malformed("a key that is not PKCS#8") }
        for password in passwords {
            if let info = try open(parts, password), let key = try? PrivateKey(pkcs8: info) { return key }
            ERR_clear_error()
        }
        throw .wrongPassword
    }

    /// The password's characters in UTF-16, as Java hashes them.
    static func characters(of password: String) -> [UInt8] {
        password.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    }

    /// `nil` when it is not that password, as far as can be told.
    private mutating func open(_ parts: Parts, _ password: String) throws(CryptographyError) -> SecretOctets? {
        switch parts.algorithm {
        case Self.streamCipher: return Self.openStream(parts.octets, password)
        case Self.tripleDES:
            guard let salt = parts.salt, let count = parts.rounds, salt.count == 8 else {
                throw JavaKeystore.malformed("the parameters of a key's encryption")
            }
            guard count > 0, count <= Self.roundLimit, rounds + 2 * count <= Self.roundLimit else {
                throw .limitExceeded(what: "the rounds that open the keystore's keys", limit: Self.roundLimit)
            }
            rounds += 2 * count
            return Self.openTripleDES(parts.octets, password, salt: salt, rounds: count)
        default: throw .unsupportedKey("encrypted with \(parts.algorithm) in a Java keystore")
        }
    }

    /// JKS: the key XOR a stream of SHA-1 values, each over the password and the one before; a salt before, a SHA-1 after.
    private static func openStream(_ octets: [UInt8], _ password: String) -> SecretOctets? {
        let width = DigestAlgorithm.sha1.octetCount
        guard octets.count > 2 * width else { return nil }
        var secret = characters(of: password)
        var plain = Array(octets[width..<(octets.count - width)])
        var block = Array(octets[..<width])
        defer {
            secret.cleanse()
            plain.cleanse()
            block.cleanse()
        }
        for start in stride(from: 0, to: plain.count, by: width) {
            block = sha1(secret, block)
            for index in start..<min(start + width, plain.count) { plain[index] ^= block[index - start] }
        }
        guard ConstantTime.equal(sha1(secret, plain), Array(octets.suffix(width))) else { return nil }
        return SecretOctets(copying: plain)
    }

    private static func sha1(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
        var digester = Digester(.sha1)
        digester.update(first)
        digester.update(second)
        return digester.finalize()
    }

    /// JCEKS: Triple DES in CBC; key and IV are rounds of MD5 over each half of the salt and the password.
    private static func openTripleDES(
        _ octets: [UInt8],
        _ password: String,
        salt: [UInt8],
        rounds: Int
    ) -> SecretOctets? {
        guard !octets.isEmpty, octets.count % 8 == 0 else { return nil }
        var secret = password.utf16.map { UInt8($0 & 0x7F) }
        var material: [UInt8] = []
        defer {
            secret.cleanse()
            material.cleanse()
        }
        for half in halves(of: salt) {
            material += md5(half, secret, rounds: rounds)
        }
        guard material.count == 32 else { return nil }
        let key = SecretOctets(copying: Array(material[..<24]))
        let sealed = Array(material[24...]) + octets
        guard var plain = try? BlockEncryption.tripleDESCBC.decrypt(sealed, key: key) else { return nil }
        return SecretOctets(moving: &plain)
    }

    /// Equal halves are made different the way Java does it, which is not the way that its comment says.
    private static func halves(of salt: [UInt8]) -> [[UInt8]] {
        var salt = salt
        if salt[0..<4] == salt[4..<8] {
            for index in 0..<2 {
                let octet = salt[index]
                salt[index] = salt[3 - index]
                salt[2] = octet
            }
        }
        return [Array(salt[0..<4]), Array(salt[4..<8])]
    }

    private static func md5(_ seed: [UInt8], _ secret: [UInt8], rounds: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 16) { buffer, written in
            let isDone = rekey_md5_rounds(seed, seed.count, secret, secret.count, rounds, buffer.baseAddress)
            written = isDone == 1 ? 16 : 0
        }
    }

    /// Algorithm, its parameters, and what is encrypted.
    private struct Parts {
        let algorithm: ASN1ObjectIdentifier
        let salt: [UInt8]?
        let rounds: Int?
        let octets: [UInt8]

        init(_ envelope: [UInt8]) throws {
            self = try BER.sequence(BER.parse(envelope), identifier: .sequence) { nodes in
                let (algorithm, salt, rounds) = try BER.sequence(Self.next(&nodes), identifier: .sequence) {
                    identifier in
                    let algorithm = try ASN1ObjectIdentifier(berEncoded: &identifier)
                    guard let parameters = identifier.next(), parameters.identifier == .sequence else {
                        return (algorithm, [UInt8]?.none, Int?.none)
                    }
                    return try BER.sequence(parameters, identifier: .sequence) { parameters in
                        let salt = try ASN1OctetString(berEncoded: &parameters)
                        return try (algorithm, Array(salt.bytes), Int(berEncoded: &parameters))
                    }
                }
                let octets = try ASN1OctetString(berEncoded: &nodes)
                return Self(algorithm: algorithm, salt: salt, rounds: rounds, octets: Array(octets.bytes))
            }
        }

        private static func next(_ nodes: inout ASN1NodeCollection.Iterator) throws -> ASN1Node {
            guard let node = nodes.next() else { throw JavaKeystore.malformed("a key that is not PKCS#8") }
            return node
        }

        private init(algorithm: ASN1ObjectIdentifier, salt: [UInt8]?, rounds: Int?, octets: [UInt8]) {
            self.algorithm = algorithm
            self.salt = salt
            self.rounds = rounds
            self.octets = octets
        }
    }
}

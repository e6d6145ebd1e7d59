import Cryptography
import Keystore
import PKCS11

/// One operation with the same key in memory and in the token.
struct Work {
    let name: String
    let here: @Sendable () throws -> Void
    let there: @Sendable () throws -> Void

    /// What messages and TLS ask of private keys.
    static func all(in token: Token) throws -> [Work] {
        try [
            signing(.rsa2048, .rsaPKCS1(.sha256), token),
            signing(.rsa3072, .rsaPKCS1(.sha256), token),
            signing(.rsa2048, .rsaPSS(digest: .sha256, mgf: .sha256, saltOctetCount: 32), token),
            signing(.p256, .ecdsa(.sha256), token),
            signing(.ed25519, .ed25519, token),
            opening(token),
            agreeing(token),
        ]
    }

    private static func signing(_ kind: KeyKind, _ algorithm: SignatureAlgorithm, _ token: Token) throws -> Work {
        let (here, there) = try pair(kind, token)
        let octets = SecureRandom.octets(count: 500)
        let sign = { @Sendable (key: PrivateKey) throws in _ = try key.sign(octets, by: algorithm) }
        return Work(name: "\(kind.rawValue): sign by \(algorithm)") {
            try sign(here)
        } there: {
            try sign(there)
        }
    }

    private static func opening(_ token: Token) throws -> Work {
        let (here, there) = try pair(.rsa2048, token)
        let transport = KeyTransport.rsaOAEP(digest: .sha1, mgf: .sha1)
        let wrapped = try here.publicKey.encrypt(SecureRandom.secret(count: 32), by: transport)
        let open = { @Sendable (key: PrivateKey) throws in _ = try key.decrypt(wrapped, by: transport) }
        return Work(name: "rsa-2048: decrypt, \(transport)") {
            try open(here)
        } there: {
            try open(there)
        }
    }

    private static func agreeing(_ token: Token) throws -> Work {
        let (here, there) = try pair(.p256, token)
        let peer = try PrivateKey.generate(.p256).publicKey
        let agree = { @Sendable (key: PrivateKey) throws in _ = try key.agree(with: peer) }
        return Work(name: "p-256: agree, ECDH") {
            try agree(here)
        } there: {
            try agree(there)
        }
    }

    private static func pair(_ kind: KeyKind, _ token: Token) throws -> (here: PrivateKey, there: PrivateKey) {
        let key = try PrivateKey.generate(kind)
        return (key, try token.privateKey(token.take(key, label: kind.rawValue)))
    }
}

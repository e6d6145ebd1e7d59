import Cryptography
import NIOCore
import NIOPosix
import NIOSSL

/// Lends a private key to TLS: handshakes ask for signatures, and the key stays where it is.
struct TLSPrivateKey: NIOSSLCustomPrivateKey, Hashable {
    private let key: PrivateKey

    private let didSign: @Sendable () -> Void

    /// `didSign` is called for every signature.
    init(_ key: PrivateKey, didSign: @escaping @Sendable () -> Void = {}) {
        self.key = key
        self.didSign = didSign
    }

    /// Whether keys of this kind can sign handshakes.
    static func canSign(_ algorithm: KeyAlgorithm) -> Bool { !schemes(of: algorithm).isEmpty }

    var signatureAlgorithms: [NIOSSL.SignatureAlgorithm] { Self.schemes(of: key.algorithm).map(\.name) }

    func sign(
        channel: any Channel,
        algorithm: NIOSSL.SignatureAlgorithm,
        data: ByteBuffer
    ) -> EventLoopFuture<ByteBuffer> {
        let (key, didSign) = (key, didSign)
        guard let scheme = Self.schemes(of: key.algorithm).first(where: { $0.name == algorithm }) else {
            let error = CryptographyError.keyAlgorithmMismatch(
                key: key.algorithm.description,
                algorithm: "\(algorithm)"
            )
            return channel.eventLoop.makeFailedFuture(error)
        }
        let octets = [UInt8](buffer: data)
        // Off the event loop: a signature takes as long as many connections' reads, and a key in hardware longer.
        return NIOThreadPool.singleton.runIfActive(eventLoop: channel.eventLoop) {
            let signature = ByteBuffer(bytes: try key.signInDER(octets, by: scheme.algorithm))
            didSign()
            return signature
        }
    }

    /// Never asked for: the cipher suites in use agree on keys without decrypting.
    func decrypt(channel: any Channel, data: ByteBuffer) -> EventLoopFuture<ByteBuffer> {
        channel.eventLoop.makeFailedFuture(
            CryptographyError.unsupportedKey("keys are not used to decrypt in handshakes")
        )
    }

    static func == (left: TLSPrivateKey, right: TLSPrivateKey) -> Bool {
        left.key.publicKey == right.key.publicKey
    }

    func hash(into hasher: inout Hasher) { hasher.combine(key.publicKey) }

    private struct Scheme {
        let name: NIOSSL.SignatureAlgorithm
        let algorithm: Cryptography.SignatureAlgorithm
    }

    /// The signature schemes of RFC 8446 section 4.2.3 for a key, the best first; PKCS#1 v1.5 is for TLS 1.2 alone.
    private static func schemes(of key: KeyAlgorithm) -> [Scheme] {
        switch key {
        case .rsa:
            return [
                pss(.rsaPssRsaeSha256, .sha256), pss(.rsaPssRsaeSha384, .sha384), pss(.rsaPssRsaeSha512, .sha512),
                Scheme(name: .rsaPkcs1Sha256, algorithm: .rsaPKCS1(.sha256)),
                Scheme(name: .rsaPkcs1Sha384, algorithm: .rsaPKCS1(.sha384)),
                Scheme(name: .rsaPkcs1Sha512, algorithm: .rsaPKCS1(.sha512)),
            ]
        case .ec(.p256): return [Scheme(name: .ecdsaSecp256R1Sha256, algorithm: .ecdsa(.sha256))]
        case .ec(.p384): return [Scheme(name: .ecdsaSecp384R1Sha384, algorithm: .ecdsa(.sha384))]
        case .ec(.p521): return [Scheme(name: .ecdsaSecp521R1Sha512, algorithm: .ecdsa(.sha512))]
        case .ed25519: return [Scheme(name: .ed25519, algorithm: .ed25519)]
        case .x25519, .other: return []
        }
    }

    private static func pss(_ name: NIOSSL.SignatureAlgorithm, _ digest: DigestAlgorithm) -> Scheme {
        Scheme(name: name, algorithm: .rsaPSS(digest: digest, mgf: digest, saltOctetCount: digest.octetCount))
    }
}

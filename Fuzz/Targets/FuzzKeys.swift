import Cryptography
package import FoundationEssentials
import TestSupport
package import WSSecurity

/// The keys that every run uses, of `Tests/Vectors/keys`, and the moment that it is.
package enum FuzzKeys {
    /// 2026-11-21T01:30:00Z, within the validity of every certificate of the vectors.
    package static let now = Date(timeIntervalSince1970: 1_795_224_600)

    static let rsa = pair("alice-rsa2048")
    static let curve = pair("alice-p256")
    /// Its private key opens messages.
    package static let recipient = pair("bob-rsa2048")

    /// What the receiver trusts.
    package static let trusted = StaticTrustedKeys(
        verifying: [rsa, curve].map(\.certificate),
        decrypting: [DecryptionKey(certificate: recipient.certificate, key: recipient.key)]
    )

    /// Without its keys no target can run.
    private static func pair(_ name: String) -> SigningCredential {
        do {
            let key = String(decoding: try Vectors.octets("keys/\(name).key.pem"), as: UTF8.self)
            let certificate = String(decoding: try Vectors.octets("keys/\(name).crt.pem"), as: UTF8.self)
            return try SigningCredential(key: PrivateKey(pem: key), certificate: Certificate(pem: certificate))
        } catch {
            fatalError("\(name): \(error)")
        }
    }
}

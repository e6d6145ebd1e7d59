import Cryptography
import Foundation
import WSSecurity

/// The key pairs of both partners and of the tenant, made once for all tests.
struct PartnerKeys: Sendable {
    struct Pair: Sendable {
        let key: PrivateKey
        let certificate: Certificate

        init(_ name: String) throws {
            key = try PrivateKey.generate(.rsa2048)
            let now = Date(timeIntervalSinceNow: 0)
            certificate = try Certificate.selfSigned(
                key: key,
                subject: "CN=\(name)",
                notBefore: now.addingTimeInterval(-30 * 86_400),
                notAfter: now.addingTimeInterval(365 * 86_400)
            )
        }

        var credential: SigningCredential { SigningCredential(key: key, certificate: certificate) }
        var decryption: DecryptionKey { DecryptionKey(certificate: certificate, key: key) }
    }

    static let shared = Result { try PartnerKeys() }

    let sender: Pair
    let receiver: Pair
    let tenantSigning: Pair
    let tenantDecryption: Pair

    private init() throws {
        sender = try Pair("sender")
        receiver = try Pair("receiver")
        tenantSigning = try Pair("tenant-sign")
        tenantDecryption = try Pair("tenant-decrypt")
    }
}

import Cryptography
import Foundation

/// The key pairs of the partners and of the tenant, made once for all tests.
struct PartnerKeys: Sendable {
    /// A key pair with its certificate.
    struct Pair: Sendable {
        let key: PrivateKey
        let certificate: Certificate

        init(key: PrivateKey, certificate: Certificate) {
            self.key = key
            self.certificate = certificate
        }

        init(_ kind: KeyKind, _ name: String) throws {
            key = try PrivateKey.generate(kind)
            certificate = try Certificate.selfSigned(
                key: key,
                subject: "CN=\(name)",
                notBefore: PartnerKeys.now.addingTimeInterval(-86_400),
                notAfter: PartnerKeys.now.addingTimeInterval(365 * 86_400)
            )
        }
    }

    /// Where the tests' clock begins.
    static let now = Date(timeIntervalSince1970: 1_798_761_600)
    static let shared = Result { try PartnerKeys() }

    let senderSign: Pair
    let senderDecrypt: Pair
    let receiverSign: Pair
    let receiverDecrypt: Pair
    let stranger: Pair
    let tenantDecrypt: Pair

    init() throws {
        senderSign = try Pair(.p256, "sender-sign")
        senderDecrypt = try Pair(.rsa2048, "sender-decrypt")
        receiverSign = try Pair(.p256, "receiver-sign")
        receiverDecrypt = try Pair(.rsa2048, "receiver-decrypt")
        stranger = try Pair(.p256, "stranger-sign")
        tenantDecrypt = try Pair(.rsa2048, "tenant-decrypt")
    }
}

import Cryptography
import Foundation
import WSSecurity

/// Whom Rekey trusts in a cell: fixed keys, and the shared secret by the SHA-1 that stands for it.
struct InteropTrust: TrustedKeys {
    private let fixed: StaticTrustedKeys
    private let secret: SharedKey
    private let secretName: [UInt8]

    init(_ keys: InteropKeys, signer: Certificate, recipient: InteropKeys.Pair, user: SharedKey) throws {
        fixed = StaticTrustedKeys(
            verifying: [signer],
            decrypting: [DecryptionKey(certificate: recipient.certificate, key: recipient.key)],
            sharedKeys: [keys.secret],
            passwords: [user]
        )
        secret = keys.secret
        secretName = DigestAlgorithm.sha1.digest(of: [UInt8](try Data(contentsOf: URL(filePath: keys.secretFile))))
    }

    func verificationCertificates(for hint: KeyHint) -> [Certificate] { fixed.verificationCertificates(for: hint) }

    func decryptionKeys(for hint: KeyHint) -> [DecryptionKey] { fixed.decryptionKeys(for: hint) }

    func sharedKeys(for hint: KeyHint) -> [SharedKey] {
        hint == .encryptedKeySHA1(secretName) ? [secret] : fixed.sharedKeys(for: hint)
    }

    func password(ofUser name: String) -> SharedKey? { fixed.password(ofUser: name) }
}

import Foundation
import WSSecurity

/// How a partner system makes its key pairs.
struct KeyPairRecipe: Sendable {
    let kind: KeyKind
    /// The system's name, for the subject.
    let name: String
    /// How many days the certificate is valid.
    let validityDays: Int

    func make(for use: PartnerKeyUse, now: Date) throws -> HeldKey {
        let key = try PrivateKey.generate(kind)
        let certificate = try Certificate.selfSigned(
            key: key,
            subject: "CN=\(name) \(use)",
            notBefore: now.addingTimeInterval(-Self.allowance),
            notAfter: now.addingTimeInterval(Double(validityDays) * 86_400)
        )
        return HeldKey(use: use, certificate: certificate, privateKey: key, inUse: false)
    }

    /// Seconds before now from which the certificate is valid, so that a counterpart whose clock is behind accepts it.
    private static let allowance: TimeInterval = 300
}

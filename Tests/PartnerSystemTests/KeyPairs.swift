import Foundation
import WSSecurity

@testable import PartnerSystem

/// Keys for the tests of one process; generated once, because RSA takes its time.
enum KeyPairs {
    static let first = make("first")
    static let second = make("second")

    static func held(_ key: HeldKey?, for use: PartnerKeyUse, inUse: Bool = true) throws -> HeldKey {
        guard let key else { throw CryptographyUnavailable() }
        return HeldKey(
            use: use,
            certificate: key.certificate,
            privateKey: use.isOwn ? key.privateKey : nil,
            inUse: inUse
        )
    }

    private struct CryptographyUnavailable: Error {}

    private static func make(_ name: String) -> HeldKey? {
        try? KeyPairRecipe(kind: .p256, name: name, validityDays: 1).make(for: .sign, now: Date())
    }
}

import Cryptography
import Foundation
import Keystore
import Messaging
import Renewal
import Server

/// How much a tenant has, and what its things are called.
struct Size: Sendable {
    static let full = Size(flows: 20_000, partners: 5_000, renewals: 1_000)

    /// Each uses five aliases of its own, and is deployed.
    let flows: Int
    let partners: Int
    /// All under way at the same time.
    let renewals: Int

    /// The aliases of a flow: two key pairs of the tenant, three certificates of its partner.
    static let purposes = ["sign", "decrypt", "verify", "encrypt", "reply"]

    var aliases: Int { flows * Self.purposes.count }

    func divided(by factor: Int) -> Size {
        Size(flows: flows / factor, partners: partners / factor, renewals: renewals / factor)
    }

    func partner(of flow: Int) throws -> PartnerID { try PartnerID("partner-\(flow % partners)") }

    func alias(_ purpose: String, of flow: Int) throws -> KeyAlias { try KeyAlias("\(purpose)-\(flow)") }

    /// A flow far from those of the turns before and after.
    func pick(_ turn: Int) -> Int { turn * 7_919 % flows }

    /// The partners as a configuration has them.
    func configuredPartners() throws -> [PartnerRegistry.Partner] {
        try (0..<partners).map { .init(id: try partner(of: $0), keys: .dual, role: .receiver) }
    }

    /// The sender signs with `verify`, the tenant signs and decrypts, the receiver is the same partner's.
    func flow(_ number: Int) throws -> IntegrationFlow {
        let partner = try partner(of: number)
        return try IntegrationFlow(
            yaml: """
                id: flow-\(number)
                pattern: requestReply
                sender:
                  partner: \(partner)
                  path: /in/flow-\(number)
                  request: {verify: [verify-\(number)], decrypt: [decrypt-\(number)]}
                  response: {encrypt: encrypt-\(number)}
                receiver:
                  partner: \(partner)
                  url: http://127.0.0.1:9/flow-\(number)
                  request: {sign: sign-\(number), encrypt: encrypt-\(number)}
                  response: {verify: [reply-\(number)]}
                """
        )
    }
}

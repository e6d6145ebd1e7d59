import Cryptography
import Foundation
import Keystore
import ManagementAPI
import Renewal
import Server
import TestSupport
import Testing

@Suite("Partners over the management API")
struct PartnerTests {
    @Test("A partner's administrator says what the own system can do, and the renewal is planned by it")
    func claim() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let claim = ClaimCapability(part: "verify", keys: "single", note: "one key store entry")
            let current = try await world.api(.senderAdministrator).claimCapability(of: "sender", claim)
            #expect(current.map(\.standing) == ["single"] && current.map(\.detail) == ["one key store entry"])
            let plan = try await world.api(.administrator).planRenewal(PlanRenewal(alias: "reply-sign"))
            #expect(plan.tracks.map(\.variant) == ["single"])
            let parts = try await world.api(.administrator).partners().first { $0.id == "sender" }?.capabilities
            #expect(parts?.map(\.source) == ["claim", "configuration"])

            let unknown = ClaimCapability(part: nil, keys: "unknown")
            _ = try await world.api(.administrator).claimCapability(of: "sender", unknown)
            let refused = try await refusal {
                _ = try await world.api(.administrator).planRenewal(PlanRenewal(alias: "reply-sign"))
            }
            #expect(refused.code == "unknownCapability" && !refused.remedy.isEmpty)
            #expect(try await world.api(.administrator).capabilities(of: "sender").count == 3)
        }
    }

    @Test("What was said of a system over the API outlasts a restart, and what the configuration says of it")
    func restart() async throws {
        try await World.run { world in
            let said = PartnerResource(id: "sender", keys: "single", role: "sender")
            _ = try await world.api(.administrator).putPartner(said)
            let sender = try PartnerID("sender")
            let configured = PartnerRegistry.Partner(id: sender, keys: .dual, role: .sender)
            let again = try await PartnerRegistry(configured: [configured], store: world.tenant.keystore)
            #expect(again.partner(sender)?.keys == .single)
        }
    }

    @Test(
        "A certificate for a partner whom nobody registered is refused, alone and in a keystore, and says how to register it"
    )
    func unregistered() async throws {
        try await World.run { world in
            let certificate = try SigningSender(now: world.clock.now).certificate
            let administrator = world.api(.administrator)
            let source = AddKeyVersion.Source.certificate(certificates: certificate.pem, partner: "sendr")
            let alone = try await refusal {
                _ = try await administrator.addKeyVersion(AddKeyVersion(alias: "sender-sign", source: source))
            }
            var keystore = ImportKeystore(file: Data(certificate.pem.utf8), password: nil)
            (keystore.partner, keystore.apply) = ("sendr", true)
            let request = keystore
            let whole = try await refusal { _ = try await administrator.importKeystore(request) }
            keystore.aliases = ["nothing": "sender-sign"]
            let misnamed = keystore
            let entry = try await refusal { _ = try await administrator.importKeystore(misnamed) }
            #expect(entry.status == 400 && entry.detail.contains("the file has no entry 'nothing'"))
            let claim = ClaimCapability(part: nil, keys: "dual")
            let unknown = try await refusal { _ = try await administrator.claimCapability(of: "sendr", claim) }
            for problem in [alone, whole, unknown] {
                #expect(problem.code == "unknownPartner" && problem.status == 404)
                #expect(problem.remedy.contains("rekey renewal partners --set sendr"))
            }
            #expect(try await administrator.keys().allSatisfy { $0.alias != "sender-sign" })
        }
    }

    @Test("Nobody speaks for, or sees, another partner's system")
    func foreign() async throws {
        try await World.run { world in
            let api = world.api(.otherSenderAdministrator)
            #expect(try await api.partners().isEmpty)
            let claim = ClaimCapability(part: nil, keys: "dual")
            #expect(try await refusal { _ = try await api.claimCapability(of: "sender", claim) }.status == 404)
            let developer = try await refusal {
                _ = try await world.api(.developer).claimCapability(of: "sender", claim)
            }
            #expect(developer.status == 403)
        }
    }
}

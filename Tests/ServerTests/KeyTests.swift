import Cryptography
import Foundation
import Keystore
import ManagementAPI
import Server
import TestSupport
import Testing

@Suite("Keys over the management API")
struct KeyTests {
    @Test("The first version is active, the next one staged until it is exchanged under the same alias")
    func exchange() async throws {
        try await World.run { world in
            let api = world.api(.administrator)
            #expect(try await api.addKeyVersion(.fresh("reply-sign")).activeVersion == 1)
            let staged = try await api.addKeyVersion(.fresh("reply-sign"))
            #expect(staged.versions.map(\.state) == ["active", "staged"])
            let exchanged = try await api.exchange("reply-sign", ExchangeKey(reason: "test"))
            #expect(exchanged.alias == "reply-sign" && exchanged.activeVersion == 2)
            #expect(exchanged.versions.map(\.state) == ["retiring", "active"])
            let certificate = try await api.certificate(of: "reply-sign", version: 2)
            #expect(try Certificate(pem: certificate.pem).fingerprint == certificate.fingerprint)
            #expect(world.tenant.keyring.snapshot.generation == 3)
        }
    }

    @Test("PEM and PKCS#12 files are imported, a wrong password is told")
    func importing() async throws {
        try await World.run { world in
            let api = world.api(.administrator)
            let key = try String(decoding: Vectors.octets("keys/alice-rsa2048.key.pem"), as: UTF8.self)
            let certificates = try String(decoding: Vectors.octets("keys/alice-rsa2048.crt.pem"), as: UTF8.self)
            let source = AddKeyVersion.Source.keyPair(key: key, certificates: certificates, password: nil)
            #expect(try await api.addKeyVersion(AddKeyVersion(alias: "pem", source: source)).versions[0].hasPrivateKey)

            let file = try Data(Vectors.octets("keys/bob-p256.p12"))
            let refused = try await refusal {
                _ = try await api.addKeyVersion(
                    AddKeyVersion(alias: "p12", source: .pkcs12(file: file, password: "wrong"))
                )
            }
            #expect(refused.code == "cryptography" && refused.status == 422)
        }
    }

    @Test("Only the tenant administrator changes keys; whoever else tries is audited")
    func roles() async throws {
        try await World.run { world in
            for person in [Person.developer, .senderAdministrator, .receiverAdministrator] {
                let refused = try await refusal { _ = try await world.api(person).addKeyVersion(.fresh("mine")) }
                #expect(refused.code == "wrongRole" && refused.status == 403 && !refused.remedy.isEmpty)
            }
            let audit = try await world.api(.administrator).audit().filter { !$0.action.hasPrefix("login.") }
            #expect(audit.count == 3 && audit.allSatisfy { $0.action == "request.refused" })
            #expect(try await world.api(.administrator).keys().isEmpty)
            let entries = try await world.tenant.keystore.read { try $0.auditEntries(after: 0, limit: 10) }
            try AuditChain.verify(entries)
        }
    }

    @Test("A partner sees the keys of its own flows, and nothing else")
    func visibility() async throws {
        try await World.run { world in
            try await world.deployOrders()
            _ = try await world.api(.administrator).addKeyVersion(.fresh("secret-sign"))
            #expect(try await world.api(.senderAdministrator).keys().map(\.alias) == ["reply-sign", "sender-sign"])
            #expect(try await world.api(.otherSenderAdministrator).keys().isEmpty)
            for alias in ["secret-sign", "nothing"] {
                let refused = try await refusal { _ = try await world.api(.senderAdministrator).key(alias) }
                #expect(refused.code == "unknownAlias" && refused.status == 404)
            }
            #expect(try await refusal { _ = try await world.api(.senderAdministrator).audit() }.status == 403)
        }
    }

    @Test("Where a key is used is read from the flows and the ledger")
    func whereUsed() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            let answer = try await world.post(sender.request(1, now: world.clock.now), to: "/in/orders")
            #expect(answer.status == 200)
            let uses = try await world.api(.administrator).whereUsed("reply-sign")
            #expect(uses.configured.map(\.useCase) == ["TenantSignsInboundResponse"])
            #expect(uses.configured.map(\.partner) == ["sender"])
            #expect(uses.observed.map(\.purpose) == ["sign"] && uses.observed.map(\.count) == [1])
            let place = try #require(uses.places?.first)
            #expect(uses.places?.count == 1 && place.isConfigured && place.flowStatus == "deployed")
            #expect(place.versions == [1] && place.succeeded == 1 && place.lastAt != nil && place.disagreement == nil)
            let rows = try await world.api(.administrator).ledger()
            #expect(rows.map(\.alias).sorted() == ["reply-sign", "sender-sign"])
        }
    }

    @Test("Where configuration and ledger disagree is said: configured and never seen, seen and no longer configured")
    func disagreement() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            let api = world.api(.administrator)
            #expect(try await api.whereUsed("reply-sign").places?.map(\.disagreement) == ["neverSeen"])
            _ = try await world.post(sender.request(1, now: world.clock.now), to: "/in/orders")
            _ = try await api.addKeyVersion(.fresh("other-sign"))
            let changed = world.orders().replacing("reply-sign", with: "other-sign")
            _ = try await world.api(.developer).putFlow("orders", yaml: changed)
            #expect(try await api.whereUsed("reply-sign").places?.map(\.disagreement) == ["noLongerConfigured"])
            #expect(try await api.whereUsed("other-sign").places?.map(\.disagreement) == ["neverSeen"])
        }
    }

    @Test("What is kept beyond its time is listed with what destroys it, and counted")
    func overdue() async throws {
        try await World.run { world in
            let api = world.api(.administrator)
            for _ in 0..<2 { _ = try await api.addKeyVersion(.fresh("old")) }
            _ = try await api.exchange("old", ExchangeKey(reason: "test"))
            let (masterKey, now) = (world.tenant.masterKey, world.clock.now)
            let id = try KeyVersionID(alias: KeyAlias("old"), number: 1)
            _ = try await world.tenant.keystore.write { transaction in
                try KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
                    .stopAccepting(id)
            }
            #expect(try await api.overdueKeyVersions().isEmpty)
            #expect(try await world.metrics().value("rekey_key_destructions_overdue") == 0)
            world.clock.advance(by: .seconds(90 * 86_400 + 1))
            let found = try #require(try await api.overdueKeyVersions().first)
            #expect(found.alias == "old" && found.version == 1 && found.state == "retired" && found.hasPrivateKey)
            #expect(found.command == #"rekey key destroy old --version 1 --reason "the keeping time is over""#)
            #expect(found.requestedBy == nil && found.renewal == nil)
            #expect(abs(found.since.timeIntervalSince(now) - 90 * 86_400) < 1)
            #expect(try await world.metrics().value("rekey_key_destructions_overdue") == 1)
            _ = try await api.destroy("old", DestroyKey(version: 1, reason: "over"))
            #expect(try await api.overdueKeyVersions().map(\.requestedBy) == ["administrator"])
            _ = try await world.api(.secondAdministrator).destroy("old", DestroyKey(version: 1, reason: "over"))
            #expect(try await api.overdueKeyVersions().isEmpty)
            let partner = try await refusal { _ = try await world.api(.senderAdministrator).overdueKeyVersions() }
            #expect(partner.code == "wrongRole")
        }
    }

    @Test("A version is destroyed after 90 days, by two persons")
    func destruction() async throws {
        try await World.run { world in
            let (first, second) = (world.api(.administrator), world.api(.secondAdministrator))
            let request = DestroyKey(version: 1, reason: "over")
            for _ in 0..<2 { _ = try await first.addKeyVersion(.fresh("old")) }
            _ = try await first.exchange("old", ExchangeKey(reason: "test"))
            #expect(try await refusal { _ = try await first.destroy("old", request) }.code == "transitionRefused")
            let (masterKey, now) = (world.tenant.masterKey, world.clock.now)
            let id = try KeyVersionID(alias: KeyAlias("old"), number: 1)
            _ = try await world.tenant.keystore.write { transaction in
                try KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
                    .stopAccepting(id)
            }
            #expect(try await refusal { _ = try await first.destroy("old", request) }.code == "retained")
            world.clock.advance(by: .seconds(90 * 86_400 + 1))
            #expect(try await first.destroy("old", request).destroyed == false)
            #expect(try await refusal { _ = try await first.destroy("old", request) }.code == "secondPersonNeeded")
            let answer = try await second.destroy("old", request)
            #expect(
                answer.destroyed && answer.requestedBy == "administrator" && answer.approvedBy == "secondAdministrator"
            )
            #expect(try await first.key("old").versions[0].hasPrivateKey == false)
        }
    }
}

import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

/// A private key leaves when two persons say so, once, in time.
@Suite struct ExportTests {
    private let tenant: Tenant
    private let id: KeyVersionID

    init() throws {
        tenant = try Tenant()
        id = try tenant.create(KeyAlias("orders-sign")).id
    }

    @Test func `requested, approved by another, collected once by who asked`() throws {
        let export = try tenant.act { try $0.requestExport(id, named: "e", by: "tina", reason: "move") }
        #expect(export.status(at: tenant.clock.now) == .requested)
        #expect(throws: KeystoreError.self) { try tenant.act { _ = try $0.collectExport("e", by: "tina") } }
        #expect(throws: KeystoreError.secondPersonNeeded(id)) {
            try tenant.act { try $0.approveExport("e", by: "tina") }
        }
        #expect(try tenant.act { try $0.approveExport("e", by: "tom") }.status(at: tenant.clock.now) == .approved)
        #expect(throws: KeystoreError.self) { try tenant.act { try $0.approveExport("e", by: "tom") } }
        #expect(throws: KeystoreError.self) { try tenant.act { _ = try $0.collectExport("e", by: "tom") } }
        let (collected, key, chain) = try tenant.act { try $0.collectExport("e", by: "tina") }
        #expect(collected.status(at: tenant.clock.now) == .collected && chain.first?.publicKey == key.publicKey)
        #expect(throws: KeystoreError.self) { try tenant.act { _ = try $0.collectExport("e", by: "tina") } }
        #expect(
            tenant.store.contents.audit.map(\.action).suffix(3) == [
                "key.export-request", "key.export-approve", "key.export",
            ]
        )
    }

    @Test func `an approval comes within a day, the collection within an hour`() throws {
        for name in ["a", "b"] {
            _ = try tenant.act { try $0.requestExport(id, named: name, by: "tina", reason: "move") }
        }
        _ = try tenant.act { try $0.approveExport("a", by: "tom") }
        tenant.clock.advance(by: .seconds(3601))
        let late = #expect(throws: KeystoreError.self) { try tenant.act { _ = try $0.collectExport("a", by: "tina") } }
        #expect(late?.description.contains("is lapsed") == true)
        tenant.clock.advance(by: .seconds(86_400))
        #expect(throws: KeystoreError.self) { try tenant.act { try $0.approveExport("b", by: "tom") } }
        #expect(throws: KeystoreError.unknownExport("c")) { try tenant.act { try $0.approveExport("c", by: "tom") } }
    }

    @Test func `a partner's certificate has nothing to export`() throws {
        let pair = try Pair(from: tenant.clock.now)
        let partner = try tenant.act {
            try $0.importCertificate(alias: KeyAlias("p"), chain: [pair.certificate], partner: PartnerID("northwind"))
        }
        #expect(throws: KeystoreError.noPrivateKey(partner.id)) {
            try tenant.act { try $0.requestExport(partner.id, named: "p", by: "tina", reason: "move") }
        }
    }
}

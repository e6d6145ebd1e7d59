import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

@Suite struct ExpiryWatchTests {
    @Test func `each threshold is said once, and a renewed certificate begins anew`() throws {
        let tenant = try Tenant()
        let alias = try KeyAlias("orders-sign")
        let version = try tenant.create(alias, validity: .seconds(100 * 86_400))
        let end = try #require(version.certificate?.notAfter)
        var said: [Int] = []
        for _ in 0..<102 {
            said += try tenant.act { try $0.watchExpiry() }.map(\.days)
            #expect(try tenant.act { try $0.watchExpiry() }.isEmpty)
            tenant.clock.advance(by: .seconds(86_400))
        }
        #expect(said == ExpiryWatch.thresholds)
        let actions = tenant.store.contents.audit.map(\.action)
        #expect(actions.filter { $0 == "key.expires" }.count == 5 && actions.last == "key.expired")
        #expect(tenant.store.contents.audit.last?.detail.contains(end.formatted(.iso8601)) == true)
    }

    @Test func `a threshold is said from its very second`() throws {
        let tenant = try Tenant()
        let version = try tenant.create(KeyAlias("orders-sign"), validity: .seconds(100 * 86_400))
        let end = try #require(version.certificate?.notAfter)
        tenant.clock.set(to: end.addingTimeInterval(-60 * 86_400 - 1))
        #expect(try tenant.act { try $0.watchExpiry() }.isEmpty)
        tenant.clock.set(to: end.addingTimeInterval(-60 * 86_400))
        #expect(try tenant.act { try $0.watchExpiry() }.map(\.days) == [60])
    }

    @Test func `only what is in use is watched, and what was slept through is said by its narrowest threshold`() throws
    {
        let tenant = try Tenant()
        let alias = try KeyAlias("orders-sign")
        try tenant.create(alias, validity: .seconds(100 * 86_400))
        let second = try tenant.create(alias, validity: .seconds(200 * 86_400))
        tenant.clock.advance(by: .seconds(95 * 86_400))
        #expect(try tenant.act { try $0.watchExpiry() }.map(\.days) == [7])
        try tenant.act { _ = try $0.exchange(to: second.id) }
        tenant.clock.advance(by: .seconds(10 * 86_400))
        #expect(try tenant.act { try $0.watchExpiry() }.isEmpty)
    }

    @Test func `an issuer that ends before the key is said by itself, until the chain is renewed`() throws {
        let tenant = try Tenant()
        let alias = try KeyAlias("northwind-sign")
        let chain = try Certificate.list(pem: String(decoding: Vectors.octets("keys/short-chain.pem"), as: UTF8.self))
        _ = try tenant.act { try $0.importCertificate(alias: alias, chain: chain, partner: PartnerID("northwind")) }
        // The issuer ends on 1 April 2027, the certificate in 2029.
        tenant.clock.set(to: chain[1].notAfter.addingTimeInterval(-6.5 * 86_400))
        #expect(try tenant.act { try $0.watchExpiry() }.map(\.days) == [7])
        #expect(try tenant.act { try $0.watchExpiry() }.isEmpty)
        tenant.clock.set(to: chain[1].notAfter.addingTimeInterval(1))
        #expect(try tenant.act { try $0.watchExpiry() }.map(\.notAfter) == [chain[1].notAfter])
        let entries = tenant.store.contents.audit.filter { $0.action.hasPrefix("key.issuer") }
        #expect(entries.map(\.action) == ["key.issuer-expires", "key.issuer-expired"])
        #expect(entries[0].detail.hasPrefix("\(chain[1].subject) above it ends at 2027-04-01T00:00:00Z, within 7 days"))

        let version = try tenant.act { try $0.attach(alias: alias, chain: [chain[0]]) }
        #expect(version.chain == [chain[0]] && version.formerCertificates.isEmpty)
        tenant.clock.advance(by: .seconds(86_400))
        #expect(try tenant.act { try $0.watchExpiry() }.isEmpty)
        #expect(throws: KeystoreError.alreadyPresent(version.id)) {
            try tenant.act { _ = try $0.attach(alias: alias, chain: [chain[0]]) }
        }
    }
}

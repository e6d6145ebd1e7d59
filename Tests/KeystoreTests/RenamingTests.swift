import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

@Suite struct RenamingTests {
    private let tenant: Tenant
    private let alias: KeyAlias
    private let name: KeyAlias

    init() throws {
        tenant = try Tenant()
        alias = try KeyAlias("orders-sign")
        name = try KeyAlias("sales-sign")
        try tenant.create(alias)
    }

    private func rename(_ alias: KeyAlias, to name: KeyAlias) throws {
        try tenant.act { try $0.rename(alias, to: name, flows: ["orders"]) }
    }

    @Test func `every version goes over with its private key, and old messages under way still find it`() async throws {
        let second = try tenant.create(alias)
        let keyring = try await tenant.keyring()
        let key = try keyring.snapshot.signingCredential(alias, at: tenant.clock.now).key.publicKey
        try rename(alias, to: name)
        try await keyring.refresh()
        for known in [alias, name] {
            let credential = try keyring.snapshot.signingCredential(known, at: tenant.clock.now)
            #expect(credential.id == KeyVersionID(alias: name, number: 1) && credential.key.publicKey == key)
            #expect(keyring.snapshot.accepted([known]).map(\.id.number) == [1, 2])
        }
        #expect(keyring.snapshot.allVersions.map(\.id.alias) == [name, name])
        try tenant.act { _ = try $0.exchange(to: KeyVersionID(alias: name, number: second.id.number)) }
        let fresh = try await tenant.keyring().snapshot
        #expect(try fresh.signingCredential(alias, at: tenant.clock.now).id.number == 2)
        let entry = try #require(tenant.store.contents.audit.first { $0.action == "key.rename" })
        #expect(entry.subject == "orders-sign" && entry.detail == "now sales-sign, changed in orders")
    }

    @Test func `a former name finds nothing to change, and is given to no other key but back to its own`() throws {
        try rename(alias, to: name)
        let renamed = KeystoreError.renamed(alias, to: name)
        #expect(throws: renamed) { try tenant.create(alias) }
        #expect(throws: renamed) {
            try tenant.act { _ = try $0.request(alias: alias, kind: .p256, subject: "CN=a") }
        }
        #expect(throws: renamed) { try tenant.act { _ = try $0.rollBack(alias: alias) } }
        #expect(throws: renamed) { try tenant.act { _ = try $0.exchange(to: KeyVersionID(alias: alias, number: 1)) } }
        let other = try KeyAlias("other")
        try tenant.create(other)
        #expect(throws: renamed) { try rename(other, to: alias) }
        try rename(name, to: alias)
        #expect(tenant.store.contents.formerAliases == [name: alias])
        let third = try KeyAlias("third-sign")
        try rename(alias, to: third)
        #expect(tenant.store.contents.formerAliases == [name: third, alias: third])
        #expect(tenant.state(third, 1) == .active)
    }

    @Test func `a name that is taken, the audit log's own key, and a key with assignments are refused`() throws {
        let other = try KeyAlias("other")
        try tenant.create(other)
        #expect(throws: KeystoreError.nameTaken(other)) { try rename(alias, to: other) }
        let audit = try KeyAlias(AuditSigning.aliasName)
        #expect(throws: KeystoreError.reservedName(audit)) { try rename(alias, to: audit) }
        #expect(throws: KeystoreError.unknownAlias(name)) { try rename(name, to: KeyAlias("x")) }
        let second = try tenant.create(alias)
        try tenant.act { try $0.assign(second.id, to: PartnerID("northwind"), .instead) }
        let before = tenant.store.contents.versions
        #expect(throws: KeystoreError.inUse(alias, by: ["the assignment to northwind"])) {
            try rename(alias, to: name)
        }
        #expect(tenant.store.contents.versions == before)
    }
}

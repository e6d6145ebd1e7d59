import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

@Suite struct ExchangeTests {
    private let tenant: Tenant
    private let alias: KeyAlias

    init() throws {
        tenant = try Tenant()
        alias = try KeyAlias("orders-sign")
    }

    private func id(_ number: Int) -> KeyVersionID { KeyVersionID(alias: alias, number: number) }

    @Test func `the staged version becomes active and the active one retiring, at once`() throws {
        try tenant.create(alias)
        try tenant.create(alias)
        let generation = tenant.store.contents.generation
        tenant.clock.advance(by: .seconds(60))
        let active = try tenant.act { try $0.exchange(to: id(2)) }
        #expect(active.id == id(2) && active.state == .active && active.activatedAt == tenant.clock.now)
        let old = try #require(tenant.store.contents.versions[id(1)])
        #expect(old.state == .retiring && old.exchangedAt == tenant.clock.now)
        #expect(tenant.store.contents.generation == generation + 1)
        let entry = try #require(tenant.store.contents.audit.last)
        #expect(entry.action == "key.exchange" && entry.subject == "orders-sign version 2" && entry.actor == "tina")
        #expect(entry.detail == "instead of version 1")
    }

    @Test func `only a staged version is exchanged to`() throws {
        try tenant.create(alias)
        try tenant.create(alias)
        #expect(throws: KeystoreError.unknownVersion(id(3))) { try tenant.act { try $0.exchange(to: id(3)) } }
        #expect(throws: KeystoreError.transitionRefused(id(1), from: .active, to: .active)) {
            try tenant.act { try $0.exchange(to: id(1)) }
        }
        try tenant.act { _ = try $0.exchange(to: id(2)) }
        #expect(throws: KeystoreError.transitionRefused(id(1), from: .retiring, to: .active)) {
            try tenant.act { try $0.exchange(to: id(1)) }
        }
    }

    @Test func `an expired version is not exchanged to, and nothing changes`() throws {
        try tenant.create(alias)
        let short = try tenant.create(alias, validity: .seconds(100))
        tenant.clock.advance(by: .seconds(101))
        let before = tenant.store.contents
        let notAfter = try #require(short.certificate).notAfter
        #expect(throws: KeystoreError.expired(id(2), notAfter: notAfter)) {
            try tenant.act { try $0.exchange(to: id(2)) }
        }
        #expect(tenant.store.contents.versions == before.versions && tenant.store.contents.audit == before.audit)
    }

    @Test func `a rollback restores what was before the exchange`() throws {
        try tenant.create(alias)
        try tenant.create(alias)
        #expect(throws: KeystoreError.nothingToRollBack(alias)) { try tenant.act { try $0.rollBack(alias: alias) } }
        try tenant.act { _ = try $0.exchange(to: id(2)) }
        let active = try tenant.act { try $0.rollBack(alias: alias) }
        #expect(active.id == id(1) && active.state == .active && active.exchangedAt == nil)
        #expect(tenant.state(alias, 2) == .staged)
        try tenant.act { _ = try $0.exchange(to: id(2)) }
        #expect(tenant.state(alias, 1) == .retiring && tenant.state(alias, 2) == .active)
        let nobody = try KeyAlias("nobody")
        #expect(throws: KeystoreError.unknownAlias(nobody)) { try tenant.act { try $0.rollBack(alias: nobody) } }
    }

    @Test func `a rollback goes to the version that was exchanged last`() throws {
        for _ in 1...3 { try tenant.create(alias) }
        try tenant.act { _ = try $0.exchange(to: id(2)) }
        tenant.clock.advance(by: .seconds(1))
        try tenant.act { _ = try $0.exchange(to: id(3)) }
        #expect(try tenant.act { try $0.rollBack(alias: alias).id } == id(2))
        #expect(tenant.state(alias, 1) == .retiring && tenant.state(alias, 3) == .staged)
    }

    @Test func `a rollback to an expired version is refused`() throws {
        let first = try tenant.create(alias, validity: .seconds(100))
        try tenant.create(alias)
        try tenant.act { _ = try $0.exchange(to: id(2)) }
        tenant.clock.advance(by: .seconds(101))
        let notAfter = try #require(first.certificate).notAfter
        #expect(throws: KeystoreError.expired(id(1), notAfter: notAfter)) {
            try tenant.act { try $0.rollBack(alias: alias) }
        }
    }

    @Test func `after a compromise the next version takes over`() throws {
        try tenant.create(alias)
        try tenant.create(alias)
        try tenant.act { _ = try $0.markCompromised(id(1)) }
        #expect(tenant.state(alias, 1) == .compromised)
        try tenant.act { _ = try $0.exchange(to: id(2)) }
        #expect(tenant.state(alias, 1) == .compromised && tenant.state(alias, 2) == .active)
        #expect(tenant.store.contents.audit.last?.detail == "none was active")
    }
}

import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

@Suite struct RetirementTests {
    private static let day = Duration.seconds(86_400)
    private let tenant: Tenant
    private let alias: KeyAlias

    init() throws {
        tenant = try Tenant()
        alias = try KeyAlias("orders-sign")
        try tenant.create(alias)
        try tenant.create(alias)
    }

    private var old: KeyVersionID { KeyVersionID(alias: alias, number: 1) }
    private var new: KeyVersionID { KeyVersionID(alias: alias, number: 2) }

    private func destroyOld(retention: Retention = Retention(), by persons: (String, String) = ("tina", "tom")) throws {
        try tenant.act {
            _ = try $0.destroy(old, requestedBy: persons.0, approvedBy: persons.1, retention: retention)
        }
    }

    private func retireOld() throws {
        try tenant.act { _ = try $0.exchange(to: new) }
        tenant.clock.advance(by: Self.day)
        try tenant.act { _ = try $0.stopAccepting(old) }
    }

    @Test func `a retiring version is stopped, an active one is not`() throws {
        #expect(throws: KeystoreError.transitionRefused(old, from: .active, to: .retired)) {
            try tenant.act { try $0.stopAccepting(old) }
        }
        try retireOld()
        #expect(tenant.state(alias, 1) == .retired)
        #expect(tenant.store.contents.versions[old]?.stoppedAcceptingAt == tenant.clock.now)
    }

    @Test func `a version in use or still accepted is not destroyed`() throws {
        #expect(throws: KeystoreError.transitionRefused(old, from: .active, to: .destroyed)) { try destroyOld() }
        try tenant.act { _ = try $0.exchange(to: new) }
        tenant.clock.advance(by: .seconds(91 * 86_400))
        #expect(throws: KeystoreError.transitionRefused(old, from: .retiring, to: .destroyed)) { try destroyOld() }
    }

    @Test func `destruction waits for 90 days from the exchange, to the second`() throws {
        let exchange = tenant.clock.now
        try retireOld()
        let possible = exchange.addingTimeInterval(90 * 86_400)
        tenant.clock.set(to: possible.addingTimeInterval(-1))
        #expect(throws: KeystoreError.retained(old, possibleAt: possible)) { try destroyOld() }
        #expect(tenant.store.contents.versions[old]?.hasPrivateKey == true)
        tenant.clock.set(to: possible)
        try destroyOld()
        let destroyed = try #require(tenant.store.contents.versions[old])
        #expect(destroyed.state == .destroyed && destroyed.sealedPrivateKey == nil && destroyed.destroyedAt == possible)
        #expect(destroyed.certificate != nil, "certificate and history remain")
        #expect(tenant.store.contents.audit.last?.detail == "requested by tina, approved by tom")
        #expect(throws: KeystoreError.transitionRefused(old, from: .destroyed, to: .destroyed)) { try destroyOld() }
    }

    @Test func `a longer retention counts, a shorter one does not`() throws {
        let exchange = tenant.clock.now
        try retireOld()
        tenant.clock.advance(by: .seconds(10 * 86_400))
        #expect(throws: KeystoreError.retained(old, possibleAt: exchange.addingTimeInterval(90 * 86_400))) {
            try destroyOld(retention: Retention(days: 5))
        }
        #expect(throws: KeystoreError.retained(old, possibleAt: exchange.addingTimeInterval(120 * 86_400))) {
            try destroyOld(retention: Retention(days: 120))
        }
    }

    @Test func `a version that was accepted for longer is kept at least that long`() throws {
        try tenant.act { _ = try $0.exchange(to: new) }
        tenant.clock.advance(by: .seconds(100 * 86_400))
        let stopped = try tenant.act { try $0.stopAccepting(old) }
        #expect(Retention().end(of: stopped) == tenant.clock.now)
        try destroyOld()
        #expect(tenant.state(alias, 1) == .destroyed)
    }

    @Test(arguments: [("tina", "tina"), ("tina", ""), ("", "tom")])
    func `destruction takes two persons`(_ requester: String, _ approver: String) throws {
        try retireOld()
        tenant.clock.advance(by: .seconds(91 * 86_400))
        #expect(throws: KeystoreError.secondPersonNeeded(old)) { try destroyOld(by: (requester, approver)) }
    }

    @Test func `a staged version that is given up is kept from then`() throws {
        tenant.clock.advance(by: Self.day)
        try tenant.act { _ = try $0.stopAccepting(new) }
        let possible = tenant.clock.now.addingTimeInterval(90 * 86_400)
        #expect(throws: KeystoreError.retained(new, possibleAt: possible)) {
            try tenant.act { try $0.destroy(new, requestedBy: "tina", approvedBy: "tom") }
        }
    }

    @Test func `a compromised version is kept from then, and cannot be stopped again`() throws {
        let compromised = try tenant.act { try $0.markCompromised(old) }
        #expect(compromised.exchangedAt == tenant.clock.now && compromised.stoppedAcceptingAt == tenant.clock.now)
        let possible = tenant.clock.now.addingTimeInterval(90 * 86_400)
        #expect(throws: KeystoreError.retained(old, possibleAt: possible)) { try destroyOld() }
        #expect(throws: KeystoreError.transitionRefused(old, from: .compromised, to: .retired)) {
            try tenant.act { try $0.stopAccepting(old) }
        }
    }

    @Test func `a compromised version that never was in use is kept from then, too`() throws {
        try tenant.act { _ = try $0.markCompromised(new) }
        let possible = tenant.clock.now.addingTimeInterval(90 * 86_400)
        #expect(throws: KeystoreError.retained(new, possibleAt: possible)) {
            try tenant.act { try $0.destroy(new, requestedBy: "tina", approvedBy: "tom") }
        }
        tenant.clock.set(to: possible)
        try tenant.act { _ = try $0.destroy(new, requestedBy: "tina", approvedBy: "tom") }
        #expect(tenant.state(alias, 2) == .destroyed)
    }

    @Test func `a refusal can be written to the audit log, and says when it becomes possible`() throws {
        try retireOld()
        do {
            try destroyOld()
            Issue.record("destroyed too early")
        } catch let error as KeystoreError {
            try tenant.act { try $0.auditRefusal(of: "key.destroy", old, because: error) }
        }
        let entry = try #require(tenant.store.contents.audit.last)
        #expect(entry.action == "key.destroy.refused")
        #expect(
            entry.detail
                == "orders-sign version 1 must be kept until 2027-04-01T00:00:00Z: destroy it then, with two persons"
        )
        try AuditChain.verify(tenant.store.contents.audit)
    }
}

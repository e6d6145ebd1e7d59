import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

@Suite struct BackupTests {
    private static let passphrase = "correct horse battery"
    private let tenant: Tenant
    private let alias: KeyAlias

    init() throws {
        tenant = try Tenant()
        alias = try KeyAlias("orders-sign")
        try tenant.create(alias)
    }

    private func backUp(_ alias: KeyAlias? = nil) throws -> [UInt8] {
        try tenant.store.transact { try KeystoreBackup($0, alias: alias, at: tenant.clock.now) }
            .sealed(passphrase: Self.passphrase)
    }

    /// Restores into `store` under `masterKey`.
    private func restore(
        _ octets: [UInt8],
        to store: MemoryStore,
        under masterKey: MasterKey? = nil
    ) throws -> [RestoreLine] {
        let backup = try KeystoreBackup(octets, passphrase: Self.passphrase)
        return try store.transact { transaction in
            try KeyOperations(
                transaction: transaction,
                masterKey: masterKey ?? tenant.masterKey,
                now: tenant.clock.now,
                actor: "tina"
            )
            .restore(backup)
        }
    }

    @Test func `everything comes back to an empty store, history and former certificates too`() throws {
        let second = try tenant.create(alias)
        try tenant.act { _ = try $0.exchange(to: second.id) }
        try tenant.create(KeyAlias("other"))
        let store = MemoryStore()
        let lines = try restore(backUp(), to: store)
        #expect(lines.map(\.act) == [.add, .add, .add])
        #expect(store.contents.versions == tenant.store.contents.versions)
        #expect(try restore(backUp(), to: store).map(\.act) == [.same, .same, .same])
        #expect(try restore(backUp(alias), to: MemoryStore()).map(\.id.alias) == [alias, alias])
    }

    @Test func `nothing that is here is moved back or revived`() throws {
        let octets = try backUp()
        let first = KeyVersionID(alias: alias, number: 1)
        let second = try tenant.create(alias)
        try tenant.act { _ = try $0.exchange(to: second.id) }
        try tenant.act { _ = try $0.stopAccepting(first) }
        tenant.clock.advance(by: .seconds(91 * 86_400))
        try tenant.act { _ = try $0.destroy(first, requestedBy: "tina", approvedBy: "tom") }
        let before = tenant.store.contents
        let lines = try restore(octets, to: tenant.store)
        #expect(lines.map(\.act) == [.keep])
        #expect(lines[0].reason == "destroyed here, active in the backup: not moved; its key stays erased")
        #expect(tenant.store.contents.versions == before.versions)
    }

    @Test func `a version that was active comes back staged where another one is active`() throws {
        let second = try tenant.create(alias)
        try tenant.act { _ = try $0.exchange(to: second.id) }
        let octets = try backUp()
        let store = MemoryStore()
        var older = try #require(tenant.store.contents.versions[KeyVersionID(alias: alias, number: 1)])
        older.state = .active
        let stored = older
        try store.transact { try $0.insert(stored) }
        let lines = try restore(octets, to: store)
        #expect(lines.map(\.act) == [.keep, .add] && lines[1].state == .staged && lines[1].backedUp == .active)
    }

    @Test func `another key under the same number is refused`() throws {
        let octets = try backUp()
        let store = MemoryStore()
        let other = try Tenant()
        try other.create(alias)
        let stranger = try #require(other.store.contents.versions.values.first)
        try store.transact { try $0.insert(stranger) }
        #expect(try restore(octets, to: store).map(\.act) == [.refuse])
        #expect(store.contents.versions[stranger.id] == stranger)
    }

    @Test func `a version of another owner's alias, and a key that does not fit its certificate, are refused`() throws {
        let octets = try backUp()
        let foreign = try Tenant()
        let pair = try Pair(from: foreign.clock.now)
        for chain in [pair, try Pair(from: foreign.clock.now)].map({ [$0.certificate] }) {
            try foreign.act {
                _ = try $0.importCertificate(alias: alias, chain: chain, partner: PartnerID("northwind"))
            }
        }
        let store = MemoryStore()
        let second = try #require(foreign.store.contents.versions[KeyVersionID(alias: alias, number: 2)])
        try store.transact { try $0.insert(second) }
        let refused = try restore(octets, to: store)
        #expect(refused.map(\.act) == [.refuse] && refused[0].reason.contains("northwind"))
        var version = try #require(tenant.store.contents.versions.values.first)
        version.chain = [pair.certificate]
        let changed = version
        try tenant.store.transact { try $0.update(changed) }
        let empty = MemoryStore()
        #expect(try restore(backUp(), to: empty).map(\.act) == [.refuse])
        #expect(empty.contents.versions.isEmpty)
    }

    @Test func `a partner that has another version here keeps it`() throws {
        let (second, third) = (try tenant.create(alias), try tenant.create(alias))
        let partner = try PartnerID("northwind")
        try tenant.act { try $0.assign(second.id, to: partner, .instead) }
        let octets = try backUp()
        let store = MemoryStore()
        let here = KeyAssignment(version: third.id, partner: partner, manner: .instead)
        try store.transact { transaction in
            try transaction.insert(third)
            try transaction.setAssignment(here)
        }
        #expect(try restore(octets, to: store).map(\.act) == [.add, .add, .same, .keep])
        #expect(store.contents.assignments == [here])
    }

    @Test func `the passphrase alone opens no key, nor does the master key alone`() throws {
        let octets = try backUp()
        let store = MemoryStore()
        let lines = try restore(octets, to: store, under: MasterKey.generate())
        #expect(lines.map(\.act) == [.refuse] && lines[0].reason.contains("another master key"))
        #expect(store.contents.versions.isEmpty)
        #expect(throws: KeystoreError.cryptography(.wrongPassword)) {
            try KeystoreBackup(octets, passphrase: "another passphrase")
        }
        #expect(throws: KeystoreError.malformedBackup("it does not begin as one")) {
            try KeystoreBackup(Array("-----BEGIN".utf8), passphrase: Self.passphrase)
        }
        for index in [30, octets.count - 1] {
            var changed = octets
            changed[index] ^= 1
            #expect(throws: KeystoreError.cryptography(.wrongPassword)) {
                try KeystoreBackup(changed, passphrase: Self.passphrase)
            }
        }
        #expect(!String(decoding: octets, as: UTF8.self).contains("orders-sign"))
    }

    @Test func `a backup of before a rotation comes back under the new master key, which knows the former`() throws {
        let octets = try backUp()
        let next = try MasterKey.generate()
        let store = MemoryStore()
        #expect(try restore(octets, to: store, under: next.knowing(former: tenant.masterKey)).map(\.act) == [.add])
        let version = try #require(store.contents.versions.values.first)
        _ = try next.openSecret(#require(version.sealedPrivateKey), context: version.sealingContext)
    }

    @Test func `an assignment comes back with its version, and not where that was here`() throws {
        let second = try tenant.create(alias)
        let assignments = try [
            KeyAssignment(version: second.id, partner: PartnerID("contoso"), manner: .beside),
            KeyAssignment(version: second.id, partner: PartnerID("northwind"), manner: .instead),
        ]
        for assignment in assignments {
            try tenant.act { try $0.assign(second.id, to: assignment.partner, assignment.manner) }
        }
        let octets = try backUp()
        let store = MemoryStore()
        let lines = try restore(octets, to: store)
        #expect(lines.map(\.act) == [.add, .add, .add, .add])
        #expect(lines.map(\.partner) == [nil, nil] + assignments.map(\.partner))
        #expect(lines.last?.reason == "in place of the active version")
        #expect(store.contents.assignments == assignments)
        #expect(try restore(octets, to: store).map(\.act) == [.same, .same, .same, .same])
        #expect(store.contents.audit.map(\.action).filter { $0 == "key.restore-assignment" }.count == 2)

        try tenant.act { try $0.unassign(alias, from: PartnerID("northwind")) }
        let here = try restore(octets, to: tenant.store)
        #expect(here.map(\.act) == [.same, .same, .same, .keep])
        #expect(tenant.store.contents.assignments == [assignments[0]])
        #expect(try restore(backUp(alias), to: MemoryStore()).compactMap(\.partner) == [assignments[0].partner])
    }

    @Test func `an assignment of a version that is here in another state stays away`() throws {
        let second = try tenant.create(alias)
        try tenant.act { try $0.assign(second.id, to: PartnerID("northwind"), .instead) }
        let octets = try backUp()
        var stored = try #require(tenant.store.contents.versions[second.id])
        stored.state = .retired
        let retired = stored
        let store = MemoryStore()
        try store.transact { try $0.insert(retired) }
        #expect(try restore(octets, to: store).map(\.act) == [.add, .keep, .keep])
        #expect(store.contents.assignments.isEmpty)
    }
}

import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

/// Random acts on a keystore, most of them refused: what must always hold, holds.
@Suite struct LifePropertyTests {
    @Test(arguments: 0..<12 as Range<UInt64>)
    func `no sequence of acts breaks the invariants`(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let tenant = try Tenant()
        let aliases = try ["a", "b"].map { try KeyAlias($0) }
        for _ in 0..<120 {
            let before = tenant.store.contents
            let alias = aliases.randomElement(using: &generator) ?? aliases[0]
            let id = KeyVersionID(alias: alias, number: Int.random(in: 1...4, using: &generator))
            let act = Int.random(in: 0..<12, using: &generator)
            tenant.clock.advance(by: .seconds(Int.random(in: 0...(20 * 86_400), using: &generator)))
            do {
                try Self.perform(act, on: id, tenant)
                #expect(tenant.store.contents.generation > before.generation, "seed \(seed)")
            } catch is KeystoreError {
                #expect(tenant.store.contents.versions == before.versions, "seed \(seed)")
                #expect(tenant.store.contents.generation == before.generation, "seed \(seed)")
            }
            try Self.check(before, tenant.store.contents, seed)
        }
        try AuditChain.verify(tenant.store.contents.audit)
    }

    private static func perform(_ act: Int, on id: KeyVersionID, _ tenant: Tenant) throws {
        switch act {
        case 0...1 where tenant.store.contents.versions.keys.count(where: { $0.alias == id.alias }) < 4:
            try tenant.create(id.alias, validity: .seconds(400 * 86_400))
        case 2...4: try tenant.act { _ = try $0.exchange(to: id) }
        case 5: try tenant.act { _ = try $0.rollBack(alias: id.alias) }
        case 6...7: try tenant.act { _ = try $0.stopAccepting(id) }
        case 8 where id.number == 4: try tenant.act { _ = try $0.markCompromised(id) }
        default: try tenant.act { _ = try $0.destroy(id, requestedBy: "tina", approvedBy: "tom") }
        }
    }

    private static func check(_ before: MemoryStore.State, _ after: MemoryStore.State, _ seed: UInt64) throws {
        let active = after.versions.values.filter { $0.state == .active }
        #expect(Set(active.map(\.id.alias)).count == active.count, "one active version of an alias, seed \(seed)")
        #expect(Set(before.versions.keys).isSubset(of: after.versions.keys), "seed \(seed)")
        for (id, version) in after.versions {
            #expect(version.hasPrivateKey == (version.state != .destroyed), "seed \(seed)")
            guard let old = before.versions[id], old.state != version.state else { continue }
            #expect(old.state.canBecome(version.state), "seed \(seed)")
            #expect(old.chain == version.chain && old.owner == version.owner, "seed \(seed)")
            if version.state == .destroyed {
                let start = try #require(old.exchangedAt ?? old.stoppedAcceptingAt)
                let end = try #require(version.destroyedAt)
                #expect(end >= start.addingTimeInterval(90 * 86_400), "seed \(seed)")
            }
        }
    }
}

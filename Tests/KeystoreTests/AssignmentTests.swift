import Foundation
import Keystore
import TestSupport
import Testing

@Suite("A version assigned to one partner")
struct AssignmentTests {
    private let tenant: Tenant
    private let alias: KeyAlias
    private let one: PartnerID
    private let two: PartnerID

    init() throws {
        tenant = try Tenant()
        alias = try KeyAlias("orders-sign")
        one = try PartnerID("one")
        two = try PartnerID("two")
        try tenant.create(alias)
        try tenant.create(alias)
    }

    private func id(_ number: Int) -> KeyVersionID { KeyVersionID(alias: alias, number: number) }

    private func signers(_ partner: PartnerID) async throws -> [Int] {
        let snapshot = try await tenant.keyring().snapshot
        let first = try snapshot.signingCredential(alias, for: partner, at: tenant.clock.now).id.number
        let second = try snapshot.secondCredential(alias, for: partner, at: tenant.clock.now)?.id.number
        return [first] + [second].compactMap(\.self)
    }

    @Test("signs for that partner alone, and nobody else sees a change")
    func instead() async throws {
        try tenant.act { try $0.assign(id(2), to: one, .instead) }
        #expect(try await signers(one) == [2])
        #expect(try await signers(two) == [1])
        let protects = { (number: Int, partner: PartnerID?) in
            try tenant.store.transact { try $0.protects(id(number), for: partner) }
        }
        #expect(try !protects(1, one) && protects(2, one) && protects(1, two) && !protects(2, two))
        #expect(try protects(1, nil) && !protects(2, nil))
        #expect(tenant.store.contents.audit.last?.action == "key.assign")
    }

    @Test("signs beside the active one where both are wanted")
    func beside() async throws {
        try tenant.act { try $0.assign(id(2), to: one, .beside) }
        #expect(try await signers(one) == [1, 2])
        #expect(try await signers(two) == [1])
    }

    @Test("is given back, and ends with the exchange of the alias, a rollback, a compromise or the end of acceptance")
    func ending() async throws {
        let ends: [(KeyOperations) throws -> Void] = [
            { try $0.unassign(alias, from: one) },
            { _ = try $0.exchange(to: id(2)) },
            { _ = try $0.rollBack(alias: alias) },
            { _ = try $0.markCompromised(id(2)) },
        ]
        for end in ends {
            if tenant.state(alias, 2) != .staged { try tenant.create(alias) }
            let staged = try #require((2...3).first { tenant.state(alias, $0) == .staged })
            try tenant.act { try $0.assign(id(staged), to: one, .instead) }
            try tenant.act(end)
            #expect(tenant.store.contents.assignments.isEmpty)
        }
        try tenant.act { try $0.assign(id(3), to: one, .instead) }
        try tenant.act { _ = try $0.stopAccepting(id(3)) }
        #expect(tenant.store.contents.assignments.isEmpty)
    }

    @Test("is staged and valid: nothing else is assigned")
    func refusals() throws {
        #expect(throws: KeystoreError.transitionRefused(id(1), from: .active, to: .active)) {
            try tenant.act { try $0.assign(id(1), to: one, .instead) }
        }
        tenant.clock.advance(by: .seconds(366 * 86_400))
        #expect(throws: KeystoreError.self) { try tenant.act { try $0.assign(id(2), to: one, .instead) } }
    }
}

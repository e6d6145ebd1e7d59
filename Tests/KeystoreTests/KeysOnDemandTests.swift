import Cryptography
import Foundation
import TestSupport
import Testing

@testable import Keystore

/// A keyring that takes keys in when they are needed.
@Suite struct KeysOnDemandTests {
    private let tenant: Tenant
    private let alias: KeyAlias
    private let other: KeyAlias

    init() throws {
        tenant = try Tenant()
        alias = try KeyAlias("orders-sign")
        other = try KeyAlias("others-sign")
        for alias in [alias, alias, other] { try tenant.create(alias) }
    }

    private func keyring() async throws -> Keyring {
        try await Keyring(onDemand: tenant.store, masterKey: tenant.masterKey, clock: tenant.clock)
    }

    @Test func `What is asked for is taken in with all its versions, and nothing else`() async throws {
        let keyring = try await keyring()
        #expect(keyring.snapshot.allAliases.isEmpty && !keyring.isWhole)
        try await keyring.take([alias, KeyAlias("unknown")])
        let snapshot = keyring.snapshot
        #expect(snapshot.allAliases == [alias] && snapshot.versions(of: alias).count == 2)
        #expect(try snapshot.signingCredential(alias, at: tenant.clock.now).id.number == 1)
        let key = try snapshot.signingCredential(alias, at: tenant.clock.now).key
        try await keyring.takeAll()
        #expect(keyring.isWhole && keyring.snapshot.allAliases == [alias, other])
        // What was here already stays as it is, opened.
        #expect(try keyring.snapshot.signingCredential(alias, at: tenant.clock.now).key === key)
    }

    @Test func `A key that changed, or came, before it was asked for is taken in as it is now`() async throws {
        let keyring = try await keyring()
        try tenant.act { _ = try $0.exchange(to: KeyVersionID(alias: alias, number: 2)) }
        let late = try KeyAlias("late-sign")
        try tenant.create(late)
        try await keyring.take([alias, late])
        #expect(try keyring.snapshot.signingCredential(alias, at: tenant.clock.now).id.number == 2)
        #expect(try keyring.snapshot.signingCredential(late, at: tenant.clock.now).id.alias == late)
        #expect(keyring.snapshot.generation == tenant.store.contents.generation)
    }

    @Test func `A former name takes in the key that it means now`() async throws {
        let keyring = try await keyring()
        let name = try KeyAlias("orders-sign-2027")
        try tenant.act { try $0.rename(alias, to: name) }
        try await keyring.refresh()
        try await keyring.take([alias])
        #expect(try keyring.snapshot.signingCredential(alias, at: tenant.clock.now).id.alias == name)
    }

    @Test func `A certificate takes in the keys that have it`() async throws {
        let keyring = try await keyring()
        let pair = try Pair(from: tenant.clock.now)
        try await keyring.take(identifiedBy: pair.certificate)
        #expect(keyring.snapshot.accepted(pair.certificate).isEmpty)
        let partner = try PartnerID("sender")
        let name = try KeyAlias("sender-tls")
        try tenant.act { _ = try $0.importCertificate(alias: name, chain: [pair.certificate], partner: partner) }
        try await keyring.take(identifiedBy: pair.certificate)
        #expect(keyring.snapshot.accepted(pair.certificate).map(\.id.alias) == [name])
    }

    @Test func `A changed key that does not open keeps no other from being taken in`() async throws {
        let keyring = try await keyring()
        try await keyring.take([other])
        try tenant.create(other)
        try tenant.store.transact { transaction in
            guard var version = try transaction.version(KeyVersionID(alias: other, number: 2)) else { return }
            version.sealedPrivateKey?[60] ^= 1
            try transaction.update(version)
        }
        await #expect(throws: KeystoreError.self) { try await keyring.refresh() }
        try await keyring.take([alias])
        #expect(try keyring.snapshot.signingCredential(alias, at: tenant.clock.now).id.alias == alias)
    }

    @Test func `Another tenant's master key is refused at once`() async throws {
        let stranger = try MasterKey.generate()
        await #expect(throws: KeystoreError.sealBroken(context: "the private key of orders-sign version 1")) {
            _ = try await Keyring(onDemand: tenant.store, masterKey: stranger, clock: tenant.clock)
        }
    }

    @Test(arguments: 0..<8 as Range<UInt64>)
    func `However changes, questions and the reading of the rest follow each other, nothing is left out`(
        _ seed: UInt64
    ) async throws {
        var generator = SeededGenerator(seed: seed)
        let tenant = try Tenant()
        for number in 0..<12 { try tenant.create(KeyAlias("key-\(number)")) }
        let keyring = try await Keyring(onDemand: tenant.store, masterKey: tenant.masterKey, clock: tenant.clock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keyring.takeAll(pageLength: 2) }
            for turn in 0..<40 {
                let alias = try KeyAlias("key-\(Int.random(in: 0..<16, using: &generator))")
                switch Int.random(in: 0..<4, using: &generator) {
                case 0: _ = try? tenant.create(alias)
                case 1: _ = try? tenant.act { try $0.rename(alias, to: KeyAlias("name-\(turn)")) }
                case 2: try await keyring.take([alias])
                default: try await keyring.refresh()
                }
                keyring.snapshot.makeIndex()
                await Task.yield()
            }
            try await group.waitForAll()
        }
        try await keyring.refresh()
        let (read, whole) = (keyring.snapshot, try await tenant.keyring().snapshot)
        #expect(keyring.isWhole && read.generation == whole.generation)
        #expect(read.allVersions.map(\.id) == whole.allVersions.map(\.id), "seed \(seed)")
        #expect(read.allVersions.map(\.state) == whole.allVersions.map(\.state), "seed \(seed)")
        for certificate in whole.allVersions.flatMap(\.certificates) {
            let ids = whole.candidates(thumbprint: certificate.thumbprint)
            #expect(read.candidates(thumbprint: certificate.thumbprint) == ids, "seed \(seed)")
            let (issuer, serial) = (certificate.issuer, certificate.serialNumber)
            #expect(read.candidates(issuer: issuer, serial: serial) == ids, "seed \(seed)")
            // Nothing is left behind of the names that keys had.
            #expect(read.versions(thumbprint: certificate.thumbprint) == ids, "seed \(seed)")
            #expect(read.nameIndex.versions(issuer: issuer, serial: serial) == ids, "seed \(seed)")
            #expect(read.nameIndex.versions(keyIdentifier: certificate.keyIdentifier) == ids, "seed \(seed)")
        }
    }
}

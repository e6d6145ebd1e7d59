import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

@Suite struct KeyringTests {
    private let tenant: Tenant
    private let alias: KeyAlias
    private let partnerAlias: KeyAlias

    init() throws {
        tenant = try Tenant()
        alias = try KeyAlias("orders-sign")
        partnerAlias = try KeyAlias("receiver-encrypt")
    }

    private func id(_ number: Int) -> KeyVersionID { KeyVersionID(alias: alias, number: number) }

    @Test func `signs with the active version and encrypts to it`() async throws {
        try tenant.create(alias)
        try tenant.create(alias)
        let keyring = try await tenant.keyring()
        let credential = try keyring.snapshot.signingCredential(alias, at: tenant.clock.now)
        #expect(credential.id == id(1) && credential.chain.isEmpty)
        #expect(credential.key.publicKey == credential.certificate.publicKey)
        #expect(try keyring.snapshot.recipient(alias, at: tenant.clock.now).certificate == credential.certificate)
        #expect(keyring.snapshot.generation == 2 && keyring.snapshot.loadedAt == tenant.clock.now)
    }

    @Test func `accepts staged, active and retiring versions, and no other`() async throws {
        for _ in 1...4 { try tenant.create(alias) }
        try tenant.act { _ = try $0.exchange(to: id(2)) }
        try tenant.act { _ = try $0.exchange(to: id(3)) }
        try tenant.act { _ = try $0.stopAccepting(id(1)) }
        let snapshot = try await tenant.keyring().snapshot
        let accepted = snapshot.accepted([alias, try KeyAlias("unknown")])
        #expect(accepted.map(\.id) == [id(2), id(3), id(4)])
        #expect(accepted.allSatisfy { $0.key?.publicKey == $0.certificate.publicKey })
        #expect(snapshot.version(id(1))?.state == .retired)
        #expect(snapshot.versions(of: alias).count == 4)
        let retired = try #require(snapshot.version(id(1))?.certificate)
        #expect(snapshot.candidates(thumbprint: retired.thumbprint).isEmpty)
        #expect(snapshot.id(of: retired, among: [alias]) == id(1))
    }

    @Test func `an expired certificate never protects, and is still accepted`() async throws {
        let version = try tenant.create(alias, validity: .seconds(100))
        let certificate = try #require(version.certificate)
        let snapshot = try await tenant.keyring().snapshot
        _ = try snapshot.signingCredential(alias, at: certificate.notAfter)
        let late = certificate.notAfter + 1
        #expect(throws: KeystoreError.expired(id(1), notAfter: certificate.notAfter)) {
            _ = try snapshot.signingCredential(alias, at: late)
        }
        #expect(throws: KeystoreError.expired(id(1), notAfter: certificate.notAfter)) {
            _ = try snapshot.recipient(alias, at: late)
        }
        #expect(snapshot.accepted([alias]).map(\.id) == [id(1)])
    }

    @Test func `says why it cannot protect`() async throws {
        let pair = try Pair(from: tenant.clock.now)
        let partner = try PartnerID("receiver")
        try tenant.act {
            _ = try $0.importCertificate(alias: partnerAlias, chain: [pair.certificate], partner: partner)
        }
        try tenant.create(alias)
        try tenant.act { _ = try $0.markCompromised(id(1)) }
        let snapshot = try await tenant.keyring().snapshot
        let now = tenant.clock.now
        let unknown = try KeyAlias("unknown")
        #expect(throws: KeystoreError.unknownAlias(unknown)) { _ = try snapshot.recipient(unknown, at: now) }
        #expect(throws: KeystoreError.noActiveVersion(alias)) { _ = try snapshot.signingCredential(alias, at: now) }
        #expect(throws: KeystoreError.noPrivateKey(KeyVersionID(alias: partnerAlias, number: 1))) {
            _ = try snapshot.signingCredential(partnerAlias, at: now)
        }
        #expect(try snapshot.recipient(partnerAlias, at: now).certificate == pair.certificate)
        #expect(throws: KeystoreError.notYetValid(KeyVersionID(alias: partnerAlias, number: 1), notBefore: now)) {
            _ = try snapshot.recipient(partnerAlias, at: now - 61)
        }
    }

    @Test func `finds versions by every identifier, all of them when it is ambiguous`() async throws {
        let twin = try KeyAlias("twin")
        let pair = try Pair("CN=a,O=b", from: tenant.clock.now)
        for alias in [alias, twin] {
            try tenant.act { _ = try $0.importPair(alias: alias, key: pair.key, chain: [pair.certificate]) }
        }
        try tenant.create(partnerAlias)
        let snapshot = try await tenant.keyring().snapshot
        let both = [id(1), KeyVersionID(alias: twin, number: 1)]
        let certificate = pair.certificate
        #expect(snapshot.candidates(issuer: #"CN="a", O=b"#, serial: certificate.serialNumber) == both)
        #expect(snapshot.candidates(subjectKeyIdentifier: certificate.keyIdentifier) == both)
        #expect(snapshot.candidates(thumbprint: certificate.thumbprint) == both)
        #expect(snapshot.id(of: certificate, among: [twin]) == both[1])
        #expect(snapshot.id(of: certificate, among: [partnerAlias]) == nil)
        #expect(snapshot.candidates(issuer: "CN=a,O=b", serial: "1").isEmpty)
        #expect(snapshot.candidates(issuer: "no name", serial: certificate.serialNumber).isEmpty)
        #expect(snapshot.candidates(subjectKeyIdentifier: []).isEmpty)
        #expect(snapshot.candidates(thumbprint: [0]).isEmpty)
    }

    @Test func `a snapshot does not change, the next one does, and unchanged keys are not opened again`() async throws {
        try tenant.create(alias)
        try tenant.create(alias)
        let keyring = try await tenant.keyring()
        let before = keyring.snapshot
        try tenant.act { _ = try $0.exchange(to: id(2)) }
        #expect(keyring.snapshot.generation == before.generation)
        try await keyring.refresh()
        let after = keyring.snapshot
        let now = tenant.clock.now
        #expect(try before.signingCredential(alias, at: now).id == id(1))
        #expect(try after.signingCredential(alias, at: now).id == id(2))
        #expect(after.generation == before.generation + 1)
        #expect(before.accepted([alias])[0].key === after.accepted([alias])[0].key)
        #expect(before.accepted([alias])[1].key === after.accepted([alias])[1].key)
    }

    @Test func `another master key opens nothing`() async throws {
        try tenant.create(alias)
        await #expect(throws: KeystoreError.sealBroken(context: "the private key of orders-sign version 1")) {
            try await Keyring(store: tenant.store, masterKey: MasterKey.generate(), clock: tenant.clock)
        }
    }

    @Test func `private keys that were swapped between versions are refused, and the old snapshot stays`() async throws
    {
        try tenant.create(alias)
        try tenant.create(alias)
        let keyring = try await tenant.keyring()
        try tenant.store.transact { transaction in
            guard var first = try transaction.version(id(1)), var second = try transaction.version(id(2)) else {
                return
            }
            swap(&first.sealedPrivateKey, &second.sealedPrivateKey)
            try transaction.update(first)
            try transaction.update(second)
            try transaction.bumpGeneration()
        }
        await #expect(throws: KeystoreError.sealBroken(context: "the private key of orders-sign version 1")) {
            try await keyring.refresh()
        }
        #expect(try keyring.snapshot.signingCredential(alias, at: tenant.clock.now).id == id(1))
    }

    @Test func `a certificate that was swapped for another is refused`() async throws {
        try tenant.create(alias)
        let other = try Pair(from: tenant.clock.now)
        try tenant.store.transact { transaction in
            guard var version = try transaction.version(id(1)) else { return }
            version.chain = [other.certificate]
            try transaction.update(version)
        }
        let snapshot = try await tenant.keyring().snapshot
        #expect(throws: KeystoreError.certificateMismatch(alias)) {
            _ = try snapshot.signingCredential(alias, at: tenant.clock.now)
        }
        #expect(snapshot.faults(of: [alias]).map(\.cause) == [.certificateMismatch(alias)])
    }

    @Test func `readers see whole generations that only grow, while versions are exchanged`() async throws {
        try tenant.create(alias)
        for _ in 0..<10 { try tenant.create(alias) }
        let keyring = try await tenant.keyring()
        let now = tenant.clock.now
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var generation = 0
                    for _ in 0..<300 {
                        let snapshot = keyring.snapshot
                        #expect(snapshot.generation >= generation)
                        generation = snapshot.generation
                        let active = snapshot.versions(of: alias).filter { $0.state == .active }
                        #expect(active.count == 1)
                        let used = try snapshot.signingCredential(alias, at: now).id
                        #expect(used == active.first?.id)
                        await Task.yield()
                    }
                }
            }
            for worker in 0..<2 {
                group.addTask {
                    for number in stride(from: 2 + worker, through: 11, by: 2) {
                        try tenant.act { _ = try $0.exchange(to: id(number)) }
                        try await keyring.refresh()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(keyring.snapshot.generation == tenant.store.contents.generation)
    }
}

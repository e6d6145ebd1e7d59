import Cryptography
import Foundation
import TestSupport
import Testing

@testable import Keystore

/// Certificates are read, and private keys opened, at their first use.
@Suite struct FirstUseTests {
    private let tenant: Tenant
    private let sound: KeyAlias
    private let broken: KeyAlias

    init() throws {
        tenant = try Tenant()
        sound = try KeyAlias("orders-sign")
        broken = try KeyAlias("old-sign")
        for alias in [sound, broken] { try tenant.create(alias) }
        let id = KeyVersionID(alias: broken, number: 1)
        try tenant.store.transact { transaction in
            guard var version = try transaction.version(id) else { return }
            version.sealedPrivateKey?[60] ^= 1
            try transaction.update(version)
        }
    }

    @Test
    func `a private key that does not open stops neither the start nor other keys, and is told where it is needed`()
        async throws
    {
        let snapshot = try await tenant.keyring().snapshot
        let now = tenant.clock.now
        let cause = KeystoreError.sealBroken(context: "the private key of old-sign version 1")
        #expect(try snapshot.signingCredential(sound, at: now).id.alias == sound)
        #expect(throws: cause) { _ = try snapshot.signingCredential(broken, at: now) }
        #expect(snapshot.accepted([broken]).map { $0.key == nil } == [true])
        #expect(snapshot.faults(of: [sound]).isEmpty)
        let fault = KeyFault(version: KeyVersionID(alias: broken, number: 1), cause: cause)
        #expect(snapshot.faults(of: snapshot.allAliases) == [fault])
        // Told again as long as it is so.
        #expect(snapshot.faults(of: [broken]) == [fault])
        #expect("\(fault)".contains("old-sign version 1") && "\(fault)".contains("renew the key"))
    }

    @Test func `a key is opened once, and the same is used ever after, also by the next snapshot`() async throws {
        let keyring = try await tenant.keyring()
        let now = tenant.clock.now
        let first = try keyring.snapshot.signingCredential(sound, at: now).key
        #expect(try keyring.snapshot.signingCredential(sound, at: now).key === first)
        try tenant.create(sound)
        try await keyring.refresh()
        #expect(try keyring.snapshot.signingCredential(sound, at: now).key === first)
        #expect(keyring.snapshot.accepted([sound]).count == 2)
    }

    @Test func `certificates that cannot be read are neither used nor accepted, and are told`() throws {
        let version = try #require(tenant.store.contents.versions[KeyVersionID(alias: sound, number: 1)])
        let stored = StoredKeyVersion(StoredKeyVersion(version).bare, chainOctets: [[0x30, 0x03, 1]], formerOctets: [])
        let entry = KeyringEntry(stored, masterKey: tenant.masterKey)
        let now = tenant.clock.now
        let snapshot = KeyringSnapshot(generation: 1, loadedAt: now, entries: [entry])
        #expect(snapshot.faults(of: [sound]).map(\.version) == [version.id])
        #expect(snapshot.accepted([sound]).isEmpty)
        for use in [
            { _ = try snapshot.signingCredential(sound, at: now) }, { _ = try snapshot.recipient(sound, at: now) },
        ] {
            #expect(throws: KeystoreError.self) { try use() }
        }
        #expect(snapshot.candidates(subjectKeyIdentifier: []).isEmpty)
    }

    @Test(arguments: 0..<6 as Range<UInt64>)
    func `look-ups find what a look at every version finds, whenever they were made`(_ seed: UInt64) async throws {
        var generator = SeededGenerator(seed: seed)
        let tenant = try Tenant()
        let keyring = try await tenant.keyring()
        var certificates: [Certificate] = []
        for turn in 0..<25 {
            let alias = try KeyAlias("key-\(Int.random(in: 0..<8, using: &generator))")
            if Bool.random(using: &generator) {
                certificates += [try tenant.create(alias).certificate].compactMap(\.self)
            } else if let staged = tenant.store.contents.versions.values.first(where: { $0.state == .staged }) {
                try tenant.act { _ = try $0.exchange(to: staged.id) }
            }
            // Some changes come to look-ups that are made, some to such that are not.
            if turn == 9 || Bool.random(using: &generator) { keyring.snapshot.makeIndex() }
            if Bool.random(using: &generator) { try await keyring.refresh() }
        }
        try await keyring.refresh()
        let snapshot = keyring.snapshot
        for certificate in certificates {
            let expected = snapshot.allVersions.filter { $0.state.canProcess && $0.certificates.contains(certificate) }
            let ids = expected.map(\.id)
            #expect(snapshot.candidates(thumbprint: certificate.thumbprint) == ids, "seed \(seed)")
            let (issuer, serial) = (certificate.issuer, certificate.serialNumber)
            #expect(snapshot.candidates(issuer: issuer, serial: serial) == ids, "seed \(seed)")
            #expect(snapshot.candidates(subjectKeyIdentifier: certificate.keyIdentifier) == ids, "seed \(seed)")
        }
    }
}

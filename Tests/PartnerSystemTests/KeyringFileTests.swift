import Foundation
import Testing
import WSSecurity

@testable import PartnerSystem

@Suite("Keyring file")
struct KeyringFileTests {
    let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-keyring-\(UUID().uuidString)")
        .path(percentEncoded: false)

    @Test("a restart finds every key as it was, private ones too")
    func survives() throws {
        let file = KeyringFile(folder: folder)
        let keys = try [
            KeyPairs.held(KeyPairs.first, for: .sign), KeyPairs.held(KeyPairs.second, for: .sign, inUse: false),
            KeyPairs.held(KeyPairs.second, for: .verify),
        ]
        try file.write(HeldKeys(mode: .dual, all: keys))
        let read = try #require(try file.read())
        #expect(read.map(\.use) == keys.map(\.use))
        #expect(read.map(\.inUse) == keys.map(\.inUse))
        #expect(read.map(\.certificate) == keys.map(\.certificate))
        #expect(read.map { $0.privateKey == nil } == [false, false, true])
        #expect(read[0].privateKey?.publicKey.spki == keys[0].certificate.publicKey.spki)
    }

    @Test("only its owner can read the file")
    func isPrivate() throws {
        let file = KeyringFile(folder: folder)
        try file.write(HeldKeys(mode: .dual, all: [KeyPairs.held(KeyPairs.first, for: .sign)]))
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test("a folder without a keyring has none")
    func absent() throws {
        #expect(try KeyringFile(folder: folder).read() == nil)
    }

    @Test("a change that is refused leaves file and keys as they were")
    func refusalChangesNothing() throws {
        let file = KeyringFile(folder: folder)
        let held = try KeyPairs.held(KeyPairs.first, for: .verify)
        let keyring = try PartnerKeyring(file: file, keys: HeldKeys(mode: .single, all: [held]))
        let other = try KeyPairs.held(KeyPairs.second, for: .verify).certificate.pem
        #expect(throws: PartnerRefusal.holdsOneKeyOnly(use: .verify)) {
            try keyring.trust(pem: other, for: .verify, keepOld: true)
        }
        #expect(keyring.snapshot.all.map(\.fingerprint) == [held.fingerprint])
        #expect(try file.read()?.map(\.fingerprint) == [held.fingerprint])
    }
}

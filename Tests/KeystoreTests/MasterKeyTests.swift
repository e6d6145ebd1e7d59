import Cryptography
import Foundation
import Keystore
import TestSupport
import Testing

@Suite struct MasterKeyTests {
    private static let text = Base64.encode([UInt8](0..<32))

    @Test func `what is sealed opens in its own place under its own key`() throws {
        let key = try MasterKey.generate()
        let plain = Array("payload".utf8)
        for octets in [plain, [], [UInt8](repeating: 7, count: 100_000)] {
            let sealed = key.seal(octets, context: "message 1")
            #expect(try key.open(sealed, context: "message 1") == octets)
            #expect(sealed != key.seal(octets, context: "message 1"), "a fresh data key each time")
        }
        let sealed = key.seal(plain, context: "message 1")
        let refused = KeystoreError.sealBroken(context: "message 2")
        #expect(throws: refused) { try key.open(sealed, context: "message 2") }
        #expect(throws: KeystoreError.sealBroken(context: "message 1")) {
            try MasterKey.generate().open(sealed, context: "message 1")
        }
    }

    @Test func `a sealed item with any changed octet, cut or grown does not open`() throws {
        let key = try MasterKey.generate()
        let sealed = key.seal(Array("payload".utf8), context: "x")
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 0x80
            #expect(throws: KeystoreError.sealBroken(context: "x")) { try key.open(changed, context: "x") }
            let cut = Array(sealed.prefix(index))
            #expect(throws: KeystoreError.sealBroken(context: "x")) { try key.open(cut, context: "x") }
        }
        #expect(throws: KeystoreError.sealBroken(context: "x")) { try key.open(sealed + [0], context: "x") }
    }

    @Test func `is read from the environment`() throws {
        let key = try MasterKey.load(from: .environment("KEY"), environment: ["KEY": Self.text + "\n"])
        let sealed = key.seal([1], context: "x")
        #expect(try MasterKey(SecretOctets(copying: [UInt8](0..<32))).open(sealed, context: "x") == [1])
    }

    @Test(arguments: [
        (nil, "the environment variable KEY is not set"),
        ("", "the environment variable KEY is not set"),
        ("not base64!", "what the environment variable KEY holds is not Base64"),
        ("c2hvcnQ=", "the environment variable KEY holds 5 octets, not 32"),
    ])
    func `an unusable key stops the start and says how to make one`(_ value: String?, _ cause: String) {
        let environment = value.map { ["KEY": $0] } ?? [:]
        let error = #expect(throws: KeystoreError.masterKey(cause)) {
            _ = try MasterKey.load(from: .environment("KEY"), environment: environment)
        }
        #expect(error?.description == "no master key: \(cause); make one with `openssl rand -base64 32`")
    }

    @Test func `a file that others may use is refused`() throws {
        try TemporaryFolder.use { folder in
            let path = folder + "/master.key"
            for (mode, isPrivate) in [(0o600, true), (0o400, true), (0o640, false), (0o604, false), (0o620, false)] {
                try? FileManager.default.removeItem(atPath: path)
                try TemporaryFolder.write(Data(Self.text.utf8), to: path, mode: mode)
                if isPrivate {
                    _ = try MasterKey.load(from: .file(path))
                } else {
                    let cause = "others than the owner may use \(path): run `chmod 600 \(path)`"
                    #expect(throws: KeystoreError.masterKey(cause)) { _ = try MasterKey.load(from: .file(path)) }
                }
            }
        }
    }

    @Test func `a missing file, a folder and a long file are refused with the cause`() throws {
        try TemporaryFolder.use { folder in
            #expect(throws: KeystoreError.masterKey("\(folder)/none cannot be opened: No such file or directory")) {
                _ = try MasterKey.load(from: .file(folder + "/none"))
            }
            #expect(throws: KeystoreError.masterKey("\(folder) is not a file")) {
                _ = try MasterKey.load(from: .file(folder))
            }
            let path = folder + "/long"
            let long = Data(repeating: 65, count: 5000)
            try TemporaryFolder.write(long, to: path, mode: 0o600)
            #expect(throws: KeystoreError.masterKey("\(path) is longer than a key")) {
                _ = try MasterKey.load(from: .file(path))
            }
        }
    }

    @Test func `is read from systemd's credentials`() throws {
        try TemporaryFolder.use { folder in
            try TemporaryFolder.write(Data(Self.text.utf8), to: folder + "/master", mode: 0o440)
            _ = try MasterKey.load(from: .credential("master"), environment: ["CREDENTIALS_DIRECTORY": folder])
            for name in ["", "../master", "/etc/hostname"] {
                #expect(throws: KeystoreError.masterKey("'\(name)' is no name of a credential")) {
                    _ = try MasterKey.load(from: .credential(name), environment: ["CREDENTIALS_DIRECTORY": folder])
                }
            }
        }
        #expect(throws: KeystoreError.self) { _ = try MasterKey.load(from: .credential("master"), environment: [:]) }
    }
}

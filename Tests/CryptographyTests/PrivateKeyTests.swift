import Cryptography
import Foundation
import TestSupport
import Testing

@Suite struct PrivateKeyTests {
    @Test(arguments: [
        ("alice-p256.sec1.pem", "alice-p256"), ("alice-rsa2048.pkcs1.pem", "alice-rsa2048"),
        ("alice-p256.both.pem", "alice-p256"), ("alice-rsa3072.key.pem", "alice-rsa3072"),
    ])
    func `reads PKCS#8, PKCS#1 and SEC 1, alone or beside a certificate`(_ file: String, _ name: String) throws {
        let key = try PrivateKey(pem: Fixtures.text(file))
        #expect(try key.publicKey == Fixtures.certificate(name).publicKey)
    }

    @Test func `reads encrypted PKCS#8 with its password alone`() throws {
        let text = try Fixtures.text("alice-p256.encrypted.pem")
        let key = try PrivateKey(pem: text, password: Fixtures.password)
        #expect(try key.publicKey == Fixtures.certificate("alice-p256").publicKey)
        #expect(throws: CryptographyError.passwordRequired) { try PrivateKey(pem: text) }
        #expect(throws: CryptographyError.wrongPassword) { try PrivateKey(pem: text, password: "wrong") }
    }

    @Test func `names the cause of what it cannot read`() throws {
        let certificate = try Fixtures.text("alice-p256.crt.pem")
        let key = try Fixtures.text("alice-p256.key.pem")
        for (text, cause) in [
            ("", "no private key in it; it holds: no PEM block"),
            (certificate, "no private key in it; it holds: CERTIFICATE"),
            (key + key, "2 private keys in it; give one"),
            (
                try Fixtures.text("alice-p256.traditional.pem"),
                "OpenSSL's old key encryption; convert the key with `openssl pkcs8 -topk8`"
            ),
            ("-----BEGIN PRIVATE KEY-----\nAAAA\n", "END PRIVATE KEY is missing"),
            ("-----END PRIVATE KEY-----\n", "END PRIVATE KEY without BEGIN"),
            ("-----BEGIN PRIVATE KEY-----\n!\n-----END PRIVATE KEY-----", "the block PRIVATE KEY is not Base64"),
        ] {
            #expect(throws: CryptographyError.malformedPEM(cause)) { try PrivateKey(pem: text) }
        }
        #expect(throws: CryptographyError.unsupportedKey("OPENSSH PRIVATE KEY")) {
            try PrivateKey(pem: "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")
        }
        #expect(throws: CryptographyError.limitExceeded(what: "the PEM text in octets", limit: 1 << 20)) {
            try PrivateKey(pem: String(repeating: " ", count: 1 << 20 + 1))
        }
    }

    @Test func `refuses an encrypted key that asks for endless work`() throws {
        let lines = try Fixtures.text("alice-p256.encrypted.pem").split(separator: "\n").dropFirst().dropLast()
        var octets = try #require(Base64.decode(lines.joined()))
        // PBKDF2 with 2048 iterations becomes PBKDF2 with 0x7F00 0800; every enclosing length grows by two.
        let count = try #require(octets.firstRange(of: [0x02, 0x02, 0x08, 0x00]))
        octets.replaceSubrange(count, with: [0x02, 0x04, 0x7F, 0x00, 0x08, 0x00])
        for outer in octets.indices.prefix(count.lowerBound) where octets[outer] == 0x30 {
            let length = octets[outer + 1] == 0x81 ? outer + 2 : outer + 1
            let end = length + 1 + Int(octets[length])
            if end >= count.upperBound { octets[length] += 2 }
        }
        let body = Base64.encode(octets)
        let text = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n\(body)\n-----END ENCRYPTED PRIVATE KEY-----\n"
        #expect(
            throws: CryptographyError.limitExceeded(what: "the iteration count of the container", limit: 10_000_000)
        ) { try PrivateKey(pem: text, password: Fixtures.password) }
    }

    @Test func `refuses a key of a kind that it cannot compute with`() throws {
        // An Ed448 key.
        let text = """
            -----BEGIN PRIVATE KEY-----
            MEcCAQAwBQYDK2VxBDsEOeYL00mFyXaKvn7X/3/2bT21SJSu8hy5P6j77jcXlFud
            KWulQOM6KeqoQ6/H7T72/XuZ42eocELHWQ==
            -----END PRIVATE KEY-----
            """
        let error = #expect(throws: CryptographyError.self) { try PrivateKey(pem: text) }
        #expect(error?.description.contains("1.3.101.113; supported are RSA, EC on P-256") == true)
    }

    @Test func `reads the Ed25519 key of RFC 8410`() throws {
        let text = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """
        let key = try PrivateKey(pem: text)
        #expect(key.algorithm == .ed25519)
        #expect(Base64.encode(key.publicKey.spki) == "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=")
    }

    @Test(arguments: KeyKind.allCases)
    func `PKCS#8 goes both ways`(_ kind: KeyKind) throws {
        let key = try PrivateKey.generate(kind)
        let again = try PrivateKey(pkcs8: key.pkcs8())
        #expect(again.publicKey == key.publicKey)
        let isSame = try ConstantTime.equal(again.pkcs8(), key.pkcs8())
        #expect(isSame)
    }

    @Test func `octets that are cut or changed never crash the reader`() throws {
        var generator = SeededGenerator(seed: 0x5EED_0005)
        let octets = try Fixtures.key("alice-p256").pkcs8().withUnsafeBytes { Array($0) }
        for count in 0..<octets.count {
            #expect(throws: CryptographyError.self) {
                try PrivateKey(pkcs8: SecretOctets(copying: Array(octets.prefix(count))))
            }
        }
        for _ in 0..<1000 {
            var changed = octets
            changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            guard let key = try? PrivateKey(pkcs8: SecretOctets(copying: changed)) else { continue }
            _ = try? key.sign([1], by: .ecdsa(.sha256))
        }
    }

    @Test func `no description shows octets of a key`() throws {
        let key = try Fixtures.key("alice-p256")
        let scalar = try key.pkcs8().withUnsafeBytes { Array($0)[36..<68] }
        var texts = [String(describing: key), String(reflecting: key), "\(key.publicKey)"]
        var dumped = ""
        dump(key, to: &dumped)
        texts.append(dumped)
        for count in [10, 60, 100] {
            do {
                let octets = try key.pkcs8().withUnsafeBytes { Array($0.prefix(count)) }
                _ = try PrivateKey(pkcs8: SecretOctets(copying: octets))
            } catch {
                texts.append(String(reflecting: error) + error.description)
            }
        }
        for text in texts {
            #expect(!text.lowercased().contains(Hexadecimal.text(scalar.prefix(4))))
            #expect(!text.contains(Base64.encode(Array(scalar)).prefix(8)))
            #expect(!text.contains(scalar.prefix(3).map(String.init).joined(separator: ", ")))
        }
    }
}

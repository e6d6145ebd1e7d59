import Cryptography
import TestSupport
import Testing

@Suite struct KeyFileTests {
    private static let password = Fixtures.password

    private static func file(_ name: String, password: String? = password) throws -> KeyFile {
        try KeyFile(Vectors.octets(name), password: password)
    }

    @Test(arguments: [
        ("keys/alice-p256.key.pem", KeyFile.Format.pem), ("keys/alice-p256.encrypted.pem", .pem),
        ("keys/alice-p256.sec1.pem", .pem), ("keystores/alice-p256.pkcs8.der", .der),
        ("keystores/alice-p256.encrypted.der", .der), ("keystores/alice-p256.md5des.der", .der),
        ("keystores/alice-p256.sec1.der", .der),
    ])
    func `a private key alone is read from every form, also encrypted by what libcrypto has put away`(
        _ name: String,
        _ format: KeyFile.Format
    ) throws {
        let file = try Self.file(name)
        #expect(file.format == format && file.entries.count == 1)
        guard case .key(let key) = try file.entry().content else {
            Issue.record("no key")
            return
        }
        #expect(try key.publicKey == Fixtures.certificate("alice-p256").publicKey)
        let certificates = try KeyFile(Vectors.octets("keys/alice-p256.crt.der"))
        #expect(certificates.format == .der)
        #expect(try file.pair(certificates: certificates).chain == [Fixtures.certificate("alice-p256")])
        #expect(throws: CryptographyError.self) { try file.pair() }
    }

    @Test func `RSA keys are read from the DER of PKCS#1`() throws {
        let file = try Self.file("keystores/alice-rsa2048.pkcs1.der")
        let chain = try Self.file("keystores/alice-rsa2048.p7b.pem")
        let pair = try file.pair(certificates: chain)
        #expect(
            try pair.chain == [Fixtures.certificate("alice-rsa2048")]
                + Certificate.list(pem: Fixtures.text("chain.pem"))
        )
    }

    @Test(arguments: ["orders.jks", "orders.jceks", "orders.java.p12"])
    func `keystores of Java are read whole: pairs with their chains, and a stranger's certificate`(
        _ name: String
    ) throws {
        let octets = try Vectors.octets("keystores/\(name)")
        let file = try KeyFile(octets, password: Self.password, keyPassword: "otherpass")
        #expect(Set(file.entries.compactMap(\.name)) == ["orders-sign", "orders-decrypt", "northwind"])
        let sign = try file.pair(named: "orders-sign")
        #expect(try sign.key.publicKey == Fixtures.key("alice-rsa2048").publicKey)
        #expect(try sign.chain.prefix(1) == [Fixtures.certificate("alice-rsa2048")])
        #expect(sign.chain.count == 3)
        #expect(try file.pair(named: "orders-decrypt").key.publicKey == Fixtures.key("bob-p256").publicKey)
        #expect(try file.certificates(named: "northwind") == [Fixtures.certificate("bob-rsa2048.self")])
        #expect(throws: CryptographyError.self) { try file.pair(named: "northwind") }
        #expect(throws: CryptographyError.self) { try file.entry() }
        let missing = #expect(throws: CryptographyError.self) { try file.entry(named: "orders") }
        #expect(missing?.description.contains("orders-sign") == true)
    }

    @Test(arguments: ["orders.jks", "orders.jceks"])
    func `an entry whose password is missing is told, the others are read`(_ name: String) throws {
        let file = try Self.file("keystores/\(name)")
        #expect(throws: CryptographyError.wrongPassword) { try file.pair(named: "orders-decrypt") }
        _ = try file.pair(named: "orders-sign")
    }

    @Test func `PKCS#12 of legacy ciphers is read, and messages never get these ciphers`() throws {
        for name in ["keystores/orders.legacy.p12", "keys/alice-p256.rc2.p12", "keys/alice-rsa2048.legacy.p12"] {
            _ = try Self.file(name).pair()
        }
        #expect(throws: CryptographyError.wrongPassword) {
            try Self.file("keystores/orders.legacy.p12", password: "wrong")
        }
        // Still the program's own context, which has no legacy provider.
        let (key, chain) = try PKCS12.read(Vectors.octets("keys/alice-p256.p12"), password: Self.password)
        #expect(try chain[0].publicKey.verify(key.sign([1], by: .ecdsa(.sha256)), over: [1], by: .ecdsa(.sha256)))
        #expect(!OpenSSLContext.offersRC2)
    }

    @Test func `certificates in any order become a chain, leaf first`() throws {
        let chain = try [Fixtures.certificate("alice-rsa2048")] + Certificate.list(pem: Fixtures.text("chain.pem"))
        for name in ["keystores/alice-rsa2048.p7b.pem", "containers/alice-rsa2048.p7b"] {
            #expect(try Self.file(name).certificates() == chain)
        }
        let backwards = Array(chain.reversed().map(\.pem).joined().utf8)
        #expect(try KeyFile(backwards).certificates() == chain)
        let strangers = try Array((chain[0].pem + Fixtures.certificate("bob-p256.self").pem).utf8)
        #expect(throws: CryptographyError.self) { try KeyFile(strangers).certificates() }
    }

    @Test func `a bag of certificates is written as it is read`() throws {
        let chain = try [Fixtures.certificate("alice-rsa2048")] + Certificate.list(pem: Fixtures.text("chain.pem"))
        #expect(try KeyFile(CertificateBag.pkcs7(chain)).certificates() == chain)
    }

    @Test func `a key is written encrypted, and opens under its password alone`() throws {
        let key = try Fixtures.key("alice-p256")
        let octets = try key.encryptedPKCS8(password: "a long password")
        guard case .key(let again) = try KeyFile(octets, password: "a long password").entry().content else {
            Issue.record("no key")
            return
        }
        #expect(again.publicKey == key.publicKey)
        #expect(throws: CryptographyError.wrongPassword) { try KeyFile(octets, password: "another password") }
        #expect(throws: CryptographyError.passwordRequired) { try KeyFile(octets) }
    }

    @Test func `what is no key file is an error that names the formats`() throws {
        for octets in [[], [0x30], Array("no key".utf8), [UInt8](repeating: 0x30, count: 4000)] as [[UInt8]] {
            let error = #expect(throws: CryptographyError.self) { try KeyFile(octets) }
            #expect(error?.description.isEmpty == false)
        }
        let large = [UInt8](repeating: 0x30, count: KeyFile.octetLimit + 1)
        #expect(throws: CryptographyError.limitExceeded(what: "the file in octets", limit: KeyFile.octetLimit)) {
            try KeyFile(large)
        }
    }

    @Test(arguments: [
        "keystores/orders.java.p12", "keystores/alice-p256.encrypted.der", "keystores/alice-rsa2048.pkcs1.der",
        "keystores/orders.legacy.p12",
    ])
    func `random changes never crash the reader`(_ name: String) throws {
        var generator = SeededGenerator(seed: 0x5EED_0012)
        let octets = try Vectors.octets(name)
        for _ in 0..<60 {
            var changed = octets
            for _ in 0..<3 {
                let index = Int.random(in: changed.indices, using: &generator)
                changed[index] = UInt8.random(in: 0...255, using: &generator)
            }
            let count = (try? KeyFile(changed, password: Self.password).entries.count) ?? 0
            #expect(count <= 2000, "seed \(generator.seed)")
        }
    }
}

import Cryptography
import TestSupport
import Testing

@Suite struct PKCS12Tests {
    @Test(arguments: ["alice", "bob"], ["rsa2048", "rsa3072", "p256"])
    func `reads key and chain from modern, legacy and self-signed containers`(_ who: String, _ kind: String) throws {
        let name = "\(who)-\(kind)"
        let key = try Fixtures.key(name)
        let modern = try PKCS12.read(Vectors.octets("keys/\(name).p12"), password: Fixtures.password)
        #expect(modern.key.publicKey == key.publicKey)
        let above = try Certificate.list(pem: Fixtures.text("chain.pem"))
        #expect(try modern.chain == [Fixtures.certificate(name)] + above)
        let legacy = try PKCS12.read(Vectors.octets("keys/\(name).legacy.p12"), password: Fixtures.password)
        #expect(try legacy.chain == [Fixtures.certificate(name)])
        let own = try PKCS12.read(Vectors.octets("keys/\(name)-self.p12"), password: Fixtures.password)
        #expect(try own.chain == [Fixtures.certificate("\(name).self")])
    }

    @Test func `writes what it reads`() throws {
        let (key, chain) = try PKCS12.read(Vectors.octets("keys/alice-rsa2048.p12"), password: Fixtures.password)
        let octets = try PKCS12.write(key: key, chain: chain, name: "orders", password: "päss")
        let again = try PKCS12.read(octets, password: "päss")
        #expect(again.key.publicKey == key.publicKey)
        #expect(again.chain == chain)
        #expect(throws: CryptographyError.wrongPassword) { try PKCS12.read(octets, password: "pass") }
    }

    @Test func `names the cause of what it cannot read`() throws {
        let octets = try Vectors.octets("keys/alice-p256.p12")
        #expect(throws: CryptographyError.wrongPassword) { try PKCS12.read(octets, password: "wrong") }
        #expect(throws: CryptographyError.wrongPassword) { try PKCS12.read(octets, password: "") }
        #expect(throws: CryptographyError.malformedPKCS12("no private key in it")) {
            try PKCS12.read(Vectors.octets("keys/trust.p12"), password: Fixtures.password)
        }
        let large = [UInt8](repeating: 0, count: PKCS12.octetLimit + 1)
        #expect(throws: CryptographyError.limitExceeded(what: "the container in octets", limit: PKCS12.octetLimit)) {
            try PKCS12.read(large, password: Fixtures.password)
        }
        for count in stride(from: 0, to: octets.count, by: 7) {
            #expect(throws: CryptographyError.self) {
                try PKCS12.read(Array(octets.prefix(count)), password: Fixtures.password)
            }
        }
    }

    @Test func `reads a container of RC2-40, which libcrypto has put away`() throws {
        let (key, chain) = try PKCS12.read(Vectors.octets("keys/alice-p256.rc2.p12"), password: Fixtures.password)
        #expect(try chain[0] == Fixtures.certificate("alice-p256") && chain[0].publicKey == key.publicKey)
        #expect(throws: CryptographyError.wrongPassword) {
            try PKCS12.read(Vectors.octets("keys/alice-p256.rc2.p12"), password: "wrong")
        }
    }

    @Test func `refuses a container that asks for endless work`() throws {
        var octets = try Vectors.octets("keys/alice-p256.p12")
        // The MAC's iteration count, 2048, is the last INTEGER of the container; here it becomes 2,147,483,647.
        #expect(octets.suffix(4) == [0x02, 0x02, 0x08, 0x00])
        octets.replaceSubrange((octets.count - 4)..., with: [0x02, 0x04, 0x7F, 0xFF, 0xFF, 0xFF])
        octets[3] += 2
        let length = try #require(octets.lastIndex(of: 0x41))
        #expect(octets[length - 1] == 0x30)
        octets[length] += 2
        #expect(
            throws: CryptographyError.limitExceeded(what: "the iteration count of the container", limit: 10_000_000)
        ) { try PKCS12.read(octets, password: Fixtures.password) }
    }
}

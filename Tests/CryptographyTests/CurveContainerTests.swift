import Cryptography
import TestSupport
import Testing

@Suite struct CurveContainerTests {
    @Test(arguments: [("ed25519", KeyAlgorithm.ed25519), ("x25519", .x25519)])
    func `PKCS#12 of these curves is read, and read again when written`(
        _ name: String,
        _ algorithm: KeyAlgorithm
    ) throws {
        let (key, chain) = try PKCS12.read(Vectors.octets("containers/\(name).p12"), password: Fixtures.password)
        #expect(key.algorithm == algorithm)
        #expect(chain[0].publicKey == key.publicKey)
        #expect(chain[0].subject == "CN=\(name),O=Lab,C=DE")
        #expect(chain.count == (algorithm == .x25519 ? 2 : 1))
        let octets = try PKCS12.write(key: key, chain: chain, name: name, password: "pass")
        let again = try PKCS12.read(octets, password: "pass")
        #expect(again.key.publicKey == key.publicKey && again.chain == chain)
    }

    @Test(arguments: [
        ("p521.sec1.pem", KeyAlgorithm.ec(.p521)), ("p521.encrypted.pem", .ec(.p521)),
        ("x25519.encrypted.pem", .x25519),
    ])
    func `PEM of these curves is read`(_ file: String, _ algorithm: KeyAlgorithm) throws {
        let text = String(decoding: try Vectors.octets("containers/\(file)"), as: UTF8.self)
        let key = try PrivateKey(pem: text, password: Fixtures.password)
        #expect(key.algorithm == algorithm)
        #expect(try PrivateKey(pem: key.pem()).publicKey == key.publicKey)
    }

    @Test func `a key that cannot sign cannot certify itself`() throws {
        let key = try PrivateKey.generate(.x25519)
        #expect(throws: CryptographyError.self) {
            try Certificate.selfSigned(
                key: key,
                subject: "CN=a",
                notBefore: Fixtures.certificate("bob-rsa2048").notBefore,
                notAfter: Fixtures.certificate("bob-rsa2048").notAfter
            )
        }
    }
}

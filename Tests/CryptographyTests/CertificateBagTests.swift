import Cryptography
import TestSupport
import Testing

@Suite struct CertificateBagTests {
    @Test(arguments: ["alice-rsa2048.p7b", "signed-ber.p7b"])
    func `the certificates of OpenSSL's bags are read, and the one that issued none is the leaf`(
        _ file: String
    ) throws {
        let leaf = try Fixtures.certificate("alice-rsa2048")
        let above = try Certificate.list(pem: Fixtures.text("chain.pem"))
        let certificates = try CertificateBag.pkcs7(der: Vectors.octets("containers/\(file)"))
        #expect(Set(certificates) == Set([leaf] + above))
        #expect(CertificateBag.leaf(of: certificates) == leaf)
        #expect(CertificateBag.leaf(of: certificates.reversed()) == leaf)
    }

    @Test func `one certificate is its own leaf, strangers to one another have none`() throws {
        let own = try Fixtures.certificate("alice-rsa2048.self")
        let other = try Fixtures.certificate("bob-rsa2048")
        #expect(CertificateBag.leaf(of: [own]) == own)
        #expect(CertificateBag.leaf(of: [own, own]) == own)
        #expect(CertificateBag.leaf(of: [own, other]) == nil)
        #expect(CertificateBag.leaf(of: []) == nil)
    }

    @Test func `what is no bag, empty, cut or too large is an error`() throws {
        let octets = try Vectors.octets("containers/alice-rsa2048.p7b")
        for count in stride(from: 0, to: octets.count, by: 11) {
            #expect(throws: CryptographyError.self) { try CertificateBag.pkcs7(der: Array(octets.prefix(count))) }
        }
        let empty = try Fixtures.octets("301f06092a864886f70d010702a01230100201013100300b06092a864886f70d010701")
        #expect(throws: CryptographyError.self) { try CertificateBag.pkcs7(der: empty) }
        #expect(throws: CryptographyError.malformedCertificate("not PKCS#7")) {
            try CertificateBag.pkcs7(der: Fixtures.certificate("alice-rsa2048").der)
        }
        let large = [UInt8](repeating: 0x30, count: CertificateBag.octetLimit + 1)
        #expect(throws: CryptographyError.self) { try CertificateBag.pkcs7(der: large) }
    }

    @Test func `random changes never crash the reader`() throws {
        var generator = SeededGenerator(seed: 0x5EED_0007)
        let octets = try Vectors.octets("containers/signed-ber.p7b")
        for _ in 0..<500 {
            var changed = octets
            for _ in 0..<3 {
                let index = Int.random(in: changed.indices, using: &generator)
                changed[index] = UInt8.random(in: 0...255, using: &generator)
            }
            let certificates = (try? CertificateBag.pkcs7(der: changed)) ?? []
            #expect(certificates.count <= CertificateBag.countLimit, "seed \(generator.seed)")
        }
    }
}

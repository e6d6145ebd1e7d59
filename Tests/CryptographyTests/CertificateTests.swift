import Cryptography
import Foundation
import TestSupport
import Testing

@Suite struct CertificateTests {
    /// Values as `openssl x509` of OpenSSL 3.0 prints them.
    @Test func `reads a certificate as OpenSSL's own program does`() throws {
        let certificate = try Fixtures.certificate("alice-rsa2048")
        #expect(certificate.subject == #"CN=alice-rsa2048,OU=Interop \, Test,O=WSS Peer Lab,C=DE"#)
        #expect(certificate.issuer == "CN=WSS Peer Issuing CA,O=WSS Peer Lab,C=DE")
        #expect(certificate.serialNumber == "8193")
        #expect(Hexadecimal.text(certificate.subjectKeyIdentifier ?? []) == "6dd91171783608e84b54608ec161da644dbc9780")
        #expect(certificate.keyIdentifier == certificate.publicKey.keyIdentifier)
        #expect(Hexadecimal.text(certificate.thumbprint) == "3d7df673051ec0e216f7da3ca7edcb449b0f0f2b")
        #expect(certificate.fingerprint.hasPrefix("C2:9A:A5:D5:B7:23:DD:37:D7:C1:04:97:D1:FF:EA:90"))
        #expect(certificate.fingerprint.count == 95)
        #expect(certificate.notBefore.formatted(.iso8601) == "2026-11-21T00:16:52Z")
        #expect(certificate.notAfter.formatted(.iso8601) == "2032-05-13T00:16:52Z")
        #expect(certificate.keyDescription == "RSA 2048")
        #expect(try Fixtures.key("alice-rsa2048").publicKey == certificate.publicKey)
    }

    @Test func `a serial number whose highest bit is set is positive`() throws {
        let pem = String(decoding: try Vectors.octets("soap/keys/ebeigarts.crt.pem"), as: UTF8.self)
        let certificate = try Certificate(pem: pem)
        #expect(certificate.serialNumber == "16503368396260674861")
        #expect(certificate.isIssuerSerial(issuerName: certificate.issuer, serialNumber: "16503368396260674861"))
    }

    @Test(
        "serial numbers are two's complement in the fewest octets",
        arguments: [
            ([0x00, 0x80], "128"), ([0x80], "-128"), ([0x7F], "127"), ([0xFF, 0x7F], "-129"), ([0x00], "0"),
            ([0x00, 0x7F], nil), ([0xFF, 0x80], nil), ([], nil),
        ] as [([UInt8], String?)]
    )
    func serialNumbers(_ octets: [UInt8], _ text: String?) throws {
        let pem = String(decoding: try Vectors.octets("soap/keys/ebeigarts.crt.pem"), as: UTF8.self)
        let der = try Certificate(pem: pem).der
        // 02 09 00E507BE1E28868D2D within two sequences whose lengths have two octets.
        let old: [UInt8] = [0x02, 0x09, 0x00, 0xE5, 0x07, 0xBE, 0x1E, 0x28, 0x86, 0x8D, 0x2D]
        let place = try #require(der.firstRange(of: old))
        var changed = der
        changed.replaceSubrange(place, with: [0x02, UInt8(octets.count)] + octets)
        let shorter = 9 - octets.count
        for offset in [2, 6] {
            let length = Int(changed[offset]) << 8 + Int(changed[offset + 1]) - shorter
            changed[offset] = UInt8(length >> 8)
            changed[offset + 1] = UInt8(length & 0xFF)
        }
        #expect((try? Certificate(der: changed))?.serialNumber == text)
    }

    @Test func `reads elliptic curve keys and long serial numbers`() throws {
        #expect(try Fixtures.certificate("alice-p256").keyDescription == "EC P-256")
        let root = try Fixtures.certificate("root")
        #expect(root.serialNumber == "466629716147872374549632359915920056525417523789")
        #expect(root.issuerDER == root.subjectDER)
    }

    @Test func `DER and PEM are the same certificate`() throws {
        let certificate = try Fixtures.certificate("bob-p256")
        let der = try Certificate(der: Vectors.octets("keys/bob-p256.crt.der"))
        #expect(der == certificate)
        #expect(try Certificate(pem: certificate.pem) == certificate)
        #expect(try certificate.pem == Fixtures.text("bob-p256.crt.pem"))
    }

    @Test func `a chain is put in order from its leaf`() throws {
        let leaf = try Fixtures.certificate("alice-rsa2048")
        let above = try Certificate.list(pem: Fixtures.text("chain.pem"))
        #expect(above.count == 2)
        let unrelated = try Fixtures.certificate("bob-p256.self")
        let chain = Certificate.chain(from: leaf, among: above.reversed() + [unrelated])
        #expect(chain == [leaf] + above)
    }

    @Test(arguments: [
        ("CN=WSS Peer Issuing CA,O=WSS Peer Lab,C=DE", "8193", true),
        ("CN=WSS Peer Issuing CA, O=WSS Peer Lab, C=DE", " 08193 ", true),
        (#"CN="WSS Peer Issuing CA",O="WSS Peer Lab",C=DE"#, "8193", true),
        ("C=DE,O=WSS Peer Lab,CN=WSS Peer Issuing CA", "8193", false),
        ("CN=WSS Peer Issuing CA,O=WSS Peer Lab,C=DE", "8194", false),
        ("CN=WSS Peer Issuing CA,O=WSS Peer Lab,C=DE", "0x2001", false),
        ("CN=WSS Peer Issuing CA,O=WSS Peer Lab,C=DE", "", false),
        ("not a name", "8193", false),
    ])
    func `issuer and serial number are compared as values`(_ issuer: String, _ serial: String, _ isSame: Bool) throws {
        let certificate = try Fixtures.certificate("alice-rsa2048")
        #expect(certificate.isIssuerSerial(issuerName: issuer, serialNumber: serial) == isSame)
    }

    @Test func `validity includes both its ends`() throws {
        let certificate = try Fixtures.certificate("alice-p256")
        #expect(certificate.isValid(at: certificate.notBefore))
        #expect(certificate.isValid(at: certificate.notAfter))
        #expect(!certificate.isValid(at: certificate.notBefore - 1))
        #expect(!certificate.isValid(at: certificate.notAfter + 1))
    }

    @Test func `octets that are cut or changed never crash the reader`() throws {
        var generator = SeededGenerator(seed: 0x5EED_0004)
        for name in ["alice-rsa2048", "bob-p256"] {
            let der = try Fixtures.certificate(name).der
            for count in 0..<der.count {
                #expect(throws: CryptographyError.self) { try Certificate(der: Array(der.prefix(count))) }
            }
            for _ in 0..<2000 {
                var changed = der
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    changed[Int.random(in: changed.indices, using: &generator)] = UInt8.random(
                        in: 0...255,
                        using: &generator
                    )
                }
                guard let certificate = try? Certificate(der: changed) else { continue }
                _ = certificate.description
                _ = certificate.publicKey.verify([UInt8](repeating: 1, count: 64), over: [], by: .ecdsa(.sha256))
                _ = certificate.publicKey.verify([UInt8](repeating: 1, count: 256), over: [], by: .rsaPKCS1(.sha256))
            }
        }
    }

    @Test func `what is too large is refused before it is read`() {
        let error = CryptographyError.limitExceeded(what: "the certificate in octets", limit: Certificate.octetLimit)
        #expect(throws: error) { try Certificate(der: [UInt8](repeating: 0x30, count: Certificate.octetLimit + 1)) }
    }
}

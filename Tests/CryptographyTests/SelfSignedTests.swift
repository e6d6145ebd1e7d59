import COpenSSL
import Cryptography
import Foundation
import Testing

@Suite struct SelfSignedTests {
    private static let begin = Date(timeIntervalSince1970: 1_798_761_600.75)
    private static let end = Date(timeIntervalSince1970: 1_830_297_600)

    @Test(arguments: KeyKind.allCases.filter(\.canSign))
    func `every kind of key gets a certificate that OpenSSL verifies`(_ kind: KeyKind) throws {
        let key = try PrivateKey.generate(kind)
        let certificate = try Certificate.selfSigned(
            key: key,
            subject: #"CN=orders,OU=a\, b,O=tenant,C=DE"#,
            notBefore: Self.begin,
            notAfter: Self.end
        )
        #expect(certificate.publicKey == key.publicKey)
        #expect(certificate.subject == #"CN=orders,OU=a\, b,O=tenant,C=DE"#)
        #expect(certificate.issuer == certificate.subject)
        #expect(certificate.notBefore == Date(timeIntervalSince1970: 1_798_761_600))
        #expect(certificate.notAfter == Self.end)
        #expect(certificate.subjectKeyIdentifier == key.publicKey.keyIdentifier)
        #expect(Self.isVerifiedByOpenSSL(certificate))
    }

    @Test func `usage is what the key can do`() throws {
        for (kind, usage) in [(KeyKind.rsa2048, 0x80 | 0x20 | 0x10), (.p256, 0x80 | 0x08), (.ed25519, 0x80)] {
            let certificate = try Certificate.selfSigned(
                key: PrivateKey.generate(kind),
                subject: "CN=a",
                notBefore: Self.begin,
                notAfter: Self.end
            )
            let decoded = try #require(Self.decoded(certificate))
            defer { X509_free(decoded) }
            #expect(Int(X509_get_key_usage(decoded)) == usage)
            #expect(X509_check_ca(decoded) == 0)
        }
    }

    @Test func `serial numbers are random, positive and at most 16 octets`() throws {
        let key = try PrivateKey.generate(.p256)
        let serials = try (0..<20)
            .map { _ in
                try Certificate.selfSigned(key: key, subject: "CN=a", notBefore: Self.begin, notAfter: Self.end)
                    .serialNumber
            }
        #expect(Set(serials).count == 20)
        #expect(serials.allSatisfy { (38...39).contains($0.count) && !$0.hasPrefix("-") })
    }

    @Test(arguments: ["", "orders", "C=Ä,CN=x", "CN=a,1.2.3=#0500"])
    func `a subject that cannot be written is an error`(_ subject: String) throws {
        let key = try PrivateKey.generate(.p256)
        #expect(throws: CryptographyError.self) {
            try Certificate.selfSigned(key: key, subject: subject, notBefore: Self.begin, notAfter: Self.end)
        }
    }

    private static func decoded(_ certificate: Certificate) -> OpaquePointer? {
        certificate.der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return d2i_X509(nil, &position, buffer.count)
        }
    }

    private static func isVerifiedByOpenSSL(_ certificate: Certificate) -> Bool {
        guard let decoded = decoded(certificate) else { return false }
        defer { X509_free(decoded) }
        return X509_verify(decoded, X509_get0_pubkey(decoded)) == 1
    }
}

import Cryptography
import Foundation
import TestSupport
import Testing

@Suite struct CertificateRequestTests {
    @Test(arguments: [KeyKind.rsa2048, .p256, .p384, .p521, .ed25519])
    func `OpenSSL verifies the request and reads what it asks for`(_ kind: KeyKind) throws {
        let key = try PrivateKey.generate(kind)
        let request = try CertificateRequest(
            key: key,
            subject: "CN=orders,O=tenant",
            hosts: ["tenant.example", "10.0.0.1"]
        )
        let text = try Self.openssl(["req", "-verify", "-noout", "-text", "-nameopt", "RFC2253"], input: request.pem)
        #expect(text.contains("verify OK"))
        #expect(text.contains("Subject: CN=orders,O=tenant"))
        #expect(text.contains("DNS:tenant.example, IP Address:10.0.0.1"))
    }

    @Test func `a key that cannot sign, and a name that is none, are refused`() throws {
        #expect(throws: CryptographyError.self) {
            try CertificateRequest(key: PrivateKey.generate(.x25519), subject: "CN=a")
        }
        #expect(throws: CryptographyError.self) {
            try CertificateRequest(key: PrivateKey.generate(.p256), subject: "orders")
        }
    }

    @Test func `who issued a certificate is told by name and signature`() throws {
        let leaf = try Fixtures.certificate("alice-rsa2048")
        let above = try Certificate.list(pem: Fixtures.text("chain.pem"))
        #expect(leaf.isIssued(by: above[0]) && above[0].isIssued(by: above[1]) && above[1].isIssued(by: above[1]))
        #expect(!leaf.isIssued(by: above[1]) && !above[0].isIssued(by: leaf))
        var der = leaf.der
        der[der.count - 1] ^= 1
        #expect(try !Certificate(der: der).isIssued(by: above[0]))
    }

    @Test func `key usage is read, and its absence allows everything`() throws {
        let issuing = try Certificate(pem: Fixtures.text("issuing.crt.pem"))
        #expect(issuing.usage?.contains(.keyCertSign) == true && !issuing.maySign && !issuing.mayEncrypt)
        let leaf = try Fixtures.certificate("alice-rsa2048")
        #expect(leaf.maySign && leaf.mayEncrypt)
    }

    private static func openssl(_ arguments: [String], input: String) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        let (stdin, stdout) = (Pipe(), Pipe())
        process.standardInput = stdin
        process.standardOutput = stdout
        process.standardError = stdout
        try process.run()
        try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try stdin.fileHandleForWriting.close()
        let octets = stdout.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: octets, as: UTF8.self)
    }
}

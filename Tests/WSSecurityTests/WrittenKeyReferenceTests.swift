import Cryptography
import Foundation
import Testing
import WSSecurity
import XML

@Suite("A signature names its key as the settings say")
struct WrittenKeyReferenceTests {
    private static func signed(
        _ settings: SignatureSettings,
        by pair: Fixtures.Pair,
        chain: [Certificate] = []
    ) throws -> WrittenMessage {
        let credential = SigningCredential(key: pair.key, certificate: pair.certificate, chain: chain)
        let protection = OutboundProtection(signature: (settings, credential))
        return try WrittenMessage(MessageProtector(protection).protect(Fixtures.envelope(), now: Fixtures.now))
    }

    @Test("with a token only where the reference leads to one", arguments: KeyReference.allCases)
    func tokens(_ reference: KeyReference) throws {
        let sender = try Fixtures.sender.get()
        let message = try Self.signed(SignatureSettings(keyReference: reference), by: sender)
        let expected =
            reference.needsToken ? ["Timestamp", "BinarySecurityToken", "Signature"] : ["Timestamp", "Signature"]
        #expect(message.children == expected)
        let content: [String] =
            switch reference {
            case .x509Data: ["X509Data"]
            case .keyValue: ["KeyValue"]
            case .keyName: ["KeyName"]
            default: ["SecurityTokenReference"]
            }
        #expect(message.children(of: "KeyInfo") == content)
        if reference.needsToken {
            let token = try #require(message.first("BinarySecurityToken"))
            let uri = message.document.elements(in: try #require(message.first("SecurityTokenReference")))
                .first { _ in true }.flatMap { message.document.attribute("URI", of: $0) }
            #expect(uri.map { $0.hasPrefix("#X509-") } == true)
            #expect(message.attribute("ValueType", of: token)?.isEmpty == false)
        }
    }

    @Test("with the certificate in ds:X509Data or embedded")
    func certificates() throws {
        let sender = try Fixtures.sender.get()
        let data = try Self.signed(SignatureSettings(keyReference: .x509Data), by: sender)
        #expect(data.octets(of: "X509Certificate") == sender.certificate.der)
        let embedded = try Self.signed(SignatureSettings(keyReference: .embedded), by: sender)
        #expect(embedded.children(of: "SecurityTokenReference") == ["Embedded"])
        #expect(embedded.children(of: "Embedded") == ["BinarySecurityToken"])
        #expect(embedded.octets(of: "BinarySecurityToken") == sender.certificate.der)
    }

    @Test("with the chain, nearest to the root first, in a PkiPath; the signer's first in PKCS#7")
    func paths() throws {
        let sender = try Fixtures.sender.get()
        let issuer = try Fixtures.receiver.get().certificate
        let path = try Self.signed(SignatureSettings(keyReference: .pkiPath), by: sender, chain: [issuer])
        let octets = try #require(path.octets(of: "BinarySecurityToken"))
        #expect(octets.suffix(sender.certificate.der.count).elementsEqual(sender.certificate.der))
        #expect(octets[4...].starts(with: issuer.der))
        #expect(path.attribute("ValueType", of: path.first("BinarySecurityToken"))?.hasSuffix("#X509PKIPathv1") == true)
        let wsse11 = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd"
        let reference = path.first("SecurityTokenReference")
        let tokenType = reference.flatMap { path.document.attribute("TokenType", in: wsse11, of: $0) }
        #expect(tokenType?.hasSuffix("#X509PKIPathv1") == true)

        let bag = try Self.signed(SignatureSettings(keyReference: .pkcs7), by: sender, chain: [issuer])
        let signedData = try #require(bag.octets(of: "BinarySecurityToken"))
        #expect(bag.attribute("ValueType", of: bag.first("BinarySecurityToken"))?.hasSuffix("#PKCS7") == true)
        let joined = sender.certificate.der + issuer.der
        #expect(signedData.firstRange(of: joined) != nil)
    }

    @Test("with the public key itself, of RSA and of a curve")
    func keyValues() throws {
        let rsa = try Self.signed(SignatureSettings(keyReference: .keyValue), by: Fixtures.sender.get())
        #expect(rsa.children(of: "RSAKeyValue") == ["Modulus", "Exponent"])
        #expect(rsa.octets(of: "Modulus")?.count == 256)
        #expect(rsa.octets(of: "Exponent") == [1, 0, 1])
        let curve = try Self.signed(SignatureSettings(keyReference: .keyValue), by: Fixtures.curve256.get())
        #expect(curve.attribute("URI", of: curve.first("NamedCurve")) == "urn:oid:1.2.840.10045.3.1.7")
        #expect(curve.octets(of: "PublicKey")?.count == 65)
        #expect(curve.octets(of: "PublicKey")?.first == 4)
    }

    @Test("by the name in the settings, or by the certificate's subject")
    func keyNames() throws {
        let sender = try Fixtures.sender.get()
        let named = SignatureSettings(keyReference: .keyName, keyName: "orders <2>")
        #expect(try Self.signed(named, by: sender).text(of: "KeyName") == "orders <2>")
        let subject = try Self.signed(SignatureSettings(keyReference: .keyName), by: sender)
        #expect(subject.text(of: "KeyName") == sender.certificate.subject)
    }

    @Test("and brings its certificate along where the settings include it")
    func includedToken() throws {
        let settings = SignatureSettings(
            keyReference: .issuerSerial,
            includesToken: true,
            parts: [.body, .signatureToken]
        )
        let message = try Self.signed(settings, by: Fixtures.sender.get())
        #expect(message.children == ["Timestamp", "BinarySecurityToken", "Signature"])
        #expect(message.children(of: "SecurityTokenReference") == ["X509Data"])
        #expect(message.targets() == ["Body", "BinarySecurityToken"])
    }

    @Test("but does not refer to a token that the settings leave out")
    func missingToken() throws {
        let settings = SignatureSettings(keyReference: .binarySecurityToken, includesToken: false)
        let fault = #expect(throws: SecurityFault.self) { try Self.signed(settings, by: Fixtures.sender.get()) }
        #expect(fault?.code == .cannotProtect)
    }
}

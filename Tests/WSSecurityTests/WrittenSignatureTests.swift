import Cryptography
import Foundation
import Testing
import WSSecurity
import XML

@Suite("A signature is made as the settings say")
struct WrittenSignatureTests {
    private static func signed(
        _ settings: SignatureSettings,
        _ envelope: [UInt8] = Fixtures.envelope(),
        by pair: Fixtures.Pair? = nil
    ) throws -> [UInt8] {
        let protection = OutboundProtection(signature: (settings, try (pair ?? Fixtures.sender.get()).credential))
        return try MessageProtector(protection).protect(envelope, now: Fixtures.now)
    }

    @Test("by each canonicalization, in an envelope whose ancestors matter", arguments: CanonicalizationMethod.allCases)
    func canonicalizations(_ method: CanonicalizationMethod) throws {
        let envelope = """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:z="urn:z" xmlns="urn:d" xml:lang="de">\
            <s:Header xml:space="preserve"/><s:Body xml:lang="en"><Order><!-- kept? --> 1 </Order></s:Body></s:Envelope>
            """
        let settings = SignatureSettings(canonicalization: method)
        let octets = try Self.signed(settings, Array(envelope.utf8))
        let message = try WrittenMessage(octets)
        #expect(message.attribute("Algorithm", of: message.first("CanonicalizationMethod")) == method.uri)
        #expect(message.all("Transform").allSatisfy { message.attribute("Algorithm", of: $0) == method.uri })
        #expect(try Fixtures.process(octets).signatures.count == 1)
        let changed = String(decoding: octets, as: UTF8.self).replacing("<!-- kept? -->", with: "")
        // References by id leave comments out, whatever the canonicalization.
        #expect(try Fixtures.fault(of: changed) == nil)
    }

    @Test("by RSA-PSS for RSA keys", arguments: [DigestAlgorithm.sha256, .sha384, .sha512])
    func pss(_ digest: DigestAlgorithm) throws {
        let octets = try Self.signed(SignatureSettings(algorithm: digest, scheme: .pss))
        let message = try WrittenMessage(octets)
        let uri = message.attribute("Algorithm", of: message.first("SignatureMethod"))
        #expect(uri == "http://www.w3.org/2007/05/xmldsig-more#sha\(digest.octetCount * 8)-rsa-MGF1")
        #expect(try Fixtures.process(octets).signatures.count == 1)
    }

    @Test("by the algorithm of the key, whatever the scheme")
    func keys() throws {
        let octets = try Self.signed(SignatureSettings(scheme: .pss), by: Fixtures.curve384.get())
        let message = try WrittenMessage(octets)
        #expect(
            message.attribute("Algorithm", of: message.first("SignatureMethod"))?.hasSuffix("#ecdsa-sha256") == true
        )
        let edwards = try Fixtures.Pair.made(.ed25519, "CN=sender on Ed25519")
        let signed = try Self.signed(SignatureSettings(), by: edwards)
        let written = try WrittenMessage(signed)
        let uri = written.attribute("Algorithm", of: written.first("SignatureMethod"))
        #expect(uri == "http://www.w3.org/2021/04/xmldsig-more#eddsa-ed25519")
        let keys = StaticTrustedKeys(verifying: [edwards.certificate])
        let result = try MessageProcessor(policy: InboundPolicy(), keys: keys)
            .process(signed, receivedAt: Fixtures.now)
        #expect(result.signatures.first?.certificate == edwards.certificate)
    }

    @Test("over elements by their path, each of them")
    func elements() throws {
        let envelope = """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><o:Order xmlns:o="urn:o"><o:Card>1</o:Card>\
            <o:Card>2</o:Card><o:Note/></o:Order></s:Body></s:Envelope>
            """
        let path = try #require(ElementPath("/Envelope/Body/{urn:o}Order/{urn:o}Card"))
        let settings = SignatureSettings(parts: [.element(path), .timestamp])
        let message = try WrittenMessage(Self.signed(settings, Array(envelope.utf8)))
        #expect(message.targets() == ["Card", "Card", "Timestamp"])
        #expect(Set(message.references()).count == 3)
        let policy = InboundPolicy(signed: [.element(path), .timestamp])
        let result = try Fixtures.process(message.document.octets, policy)
        #expect(result.signatures.count == 1)
        let missing = SignatureSettings(parts: [.element(try #require(ElementPath("/Envelope/Body/{urn:o}Card")))])
        let fault = #expect(throws: SecurityFault.self) { try Self.signed(missing, Array(envelope.utf8)) }
        #expect(fault?.cause.contains("/Envelope/Body/{urn:o}Card") == true)
    }

    @Test("but not over the Security header by name or path")
    func securityHeader() throws {
        let wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
        let path = try #require(ElementPath("/Envelope/Header/{\(wsse)}Security/{urn:x}X"))
        for part in [MessagePart.header(namespace: wsse, localName: "Security"), .element(path)] {
            let fault = #expect(throws: SecurityFault.self) { try Self.signed(SignatureSettings(parts: [part])) }
            #expect(fault?.cause.contains("by its word") == true)
        }
    }

    @Test("nor over what the message does not have", arguments: [MessagePart.usernameToken, .samlAssertion])
    func absent(_ part: MessagePart) throws {
        let fault = #expect(throws: SecurityFault.self) { try Self.signed(SignatureSettings(parts: [part])) }
        #expect(fault?.cause.contains("\(part)") == true)
    }
}

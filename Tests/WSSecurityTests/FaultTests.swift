import Cryptography
import FoundationEssentials
import Testing
import WSSecurity

@Suite("Faults: one face for every failure of key, signature and decryption, and both SOAP versions")
struct FaultTests {
    @Test("every failure that concerns a key looks the same, octet for octet")
    func uniform() throws {
        let encrypted = String(decoding: try Fixtures.protected(order: .signThenEncrypt), as: UTF8.self)
        let policy = InboundPolicy(encrypted: [.body])
        let stranger = try Fixtures.Pair.made(.rsa2048, "CN=stranger")
        let foreign = try Fixtures.protected(Fixtures.envelope(), SignatureSettings(), signer: stranger)
        let messages = try [
            encrypted.changingBase64(after: "<xenc:CipherValue>"),
            encrypted.changingBase64(after: "<xenc:CipherValue>", last: true),
            encrypted.changingBase64(after: "<ds:SignatureValue>"), encrypted.changingBase64(after: "<ds:DigestValue>"),
            String(decoding: foreign, as: UTF8.self),
        ]
        var faces: Set<[UInt8]> = []
        for message in messages {
            let fault = try #require(try Fixtures.fault(of: message, policy))
            faces.insert(SOAPFault.security(fault, version: .soap11).envelope())
        }
        #expect(faces.count == 1)
    }

    @Test("what is found behind a decryption looks the same too, whatever it is")
    func behindDecryption() throws {
        let message = String(decoding: try Fixtures.protected(order: .signThenEncrypt), as: UTF8.self)
        let missing = MessagePart.header(namespace: "urn:none", localName: "None")
        let policy = InboundPolicy(signed: [.body, missing], encrypted: [.body])
        let fault = try #require(try Fixtures.fault(of: message, policy))
        #expect(fault.code == .invalidSecurity)
        #expect(fault.outward.code == .failedCheck)
    }

    @Test("tokens that cannot be read, or are of another kind")
    func tokens() throws {
        let message = try Fixtures.signed()
        let token = try #require(message.element("wsse:BinarySecurityToken"))
        let content = try #require(token.firstRange(of: ">")).upperBound
        for text in ["", "AAAA", "!", "MIIBAA=="] {
            let broken = token[..<content] + text + "</wsse:BinarySecurityToken>"
            let fault = try Fixtures.fault(of: message.replacing(token, with: broken))
            #expect(fault?.code == .invalidSecurityToken && fault?.outward.code == .failedCheck)
        }
        let other = message.replacing("#X509v3", with: "#X509v1")
        #expect(try Fixtures.fault(of: other)?.code == .unsupportedSecurityToken)
        let mixed = message.replacing(token, with: token.replacing("#X509v3", with: "#X509PKIPathv1"))
        #expect(try Fixtures.fault(of: mixed) != nil)
    }

    @Test("the cause and the key hint stay inside")
    func inward() throws {
        let message = String(decoding: try Fixtures.protected(order: .encryptThenSign), as: UTF8.self)
        let fault = try #require(try Fixtures.fault(of: message.changingBase64(after: "<ds:SignatureValue>")))
        #expect(fault.hint?.fits(try Fixtures.sender.get().certificate) == true)
        let text = String(decoding: SOAPFault.security(fault, version: .soap12).envelope(), as: UTF8.self)
        #expect(!text.contains("sender") && !text.contains(fault.cause))
    }

    @Test("faults are read as they were written", arguments: SOAPVersion.allCases)
    func roundTrip(_ version: SOAPVersion) throws {
        let reasons = ["plain", "with <markup> & \"quotes\"", ""]
        for code in [SOAPFault.Code.client, .server, .mustUnderstand, .versionMismatch] {
            for reason in reasons {
                let fault = SOAPFault(version: version, code: code, reason: reason)
                #expect(SOAPFault(parsing: fault.envelope()) == fault)
            }
        }
        for code in SecurityFault.Code.allCases {
            let fault = SOAPFault.security(SecurityFault(code, "inside"), version: version)
            let read = try #require(SOAPFault(parsing: fault.envelope()))
            #expect(read.isSecurityFault == fault.isSecurityFault)
            #expect(read.subcode == fault.subcode && read.reason == fault.reason)
            #expect(read.isSecurityFault == (code != .malformedMessage && code != .cannotProtect))
        }
    }

    @Test("faults of other stacks are read")
    func foreign() throws {
        let axis =
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><s:Fault>"
            + "<faultcode xmlns:w=\"\(WrappingTests.wsse)\"> w:FailedCheck </faultcode>"
            + "<faultstring>WSDoAllReceiver: <!-- x -->security processing failed</faultstring>"
            + "<detail/></s:Fault></s:Body></s:Envelope>"
        let fault = try #require(SOAPFault(parsing: Array(axis.utf8)))
        #expect(fault.isSecurityFault && fault.reason == "WSDoAllReceiver: security processing failed")
        let dotted = axis.replacing(" w:FailedCheck ", with: "s:Server.userException")
        #expect(SOAPFault(parsing: Array(dotted.utf8))?.code == .server)
        #expect(SOAPFault(parsing: Fixtures.envelope()) == nil)
        #expect(SOAPFault(parsing: Array("no XML".utf8)) == nil)
        #expect(SOAPFault(parsing: []) == nil)
    }

    @Test("an envelope tells how to route and correlate it")
    func envelope() throws {
        let envelope = try SOAPEnvelope(Fixtures.envelope(.soap12))
        #expect(envelope.version == .soap12 && envelope.messageID == "urn:uuid:1" && envelope.relatesTo == nil)
        #expect(envelope.bodyElementName?.localName == "Order" && !envelope.isFault && !envelope.hasSecurityHeader)
        let fault = SOAPFault(version: .soap11, code: .server, reason: "later").envelope()
        #expect(try SOAPEnvelope(fault).fault?.reason == "later")
        #expect(throws: SecurityFault.self) { try SOAPEnvelope(Array("<a/>".utf8)) }
    }

    @Test("an inspection lists parts, algorithms and key hints without any key")
    func inspection() throws {
        let message = try Fixtures.protected(order: .signThenEncrypt)
        let inspection = try MessageInspection(of: message)
        let header = try #require(inspection.security.first)
        #expect(header.mustUnderstand && header.timestamp?.created == "2026-11-21T02:00:00.250Z")
        #expect(header.signatures.first?.references.map(\.target) == ["body", "timestamp"])
        #expect(header.signatures.first?.key.text.contains("CN=sender") == true)
        #expect(header.encryptedKeys.first?.data.map(\.place) == ["body"])
        #expect(header.encryptedKeys.first?.key.text.contains("CN=receiver") == true)
    }
}

extension String {
    /// Changes one character of the Base64 text after the first, or last, `marker`.
    func changingBase64(after marker: String, last: Bool = false) throws -> String {
        let places = ranges(of: marker)
        let place = try #require(last ? places.last : places.first)
        let index = self.index(place.upperBound, offsetBy: 20)
        return replacingCharacters(at: index, with: self[index] == "A" ? "B" : "A")
    }
}

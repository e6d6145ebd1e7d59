import TestSupport
import Testing
import WSSecurity

@Suite("A signature over a document with a relative namespace URI")
struct RelativeNamespaceSignatureTests {
    private let envelope = String(decoding: Fixtures.envelope(), as: UTF8.self)

    @Test("is not made")
    func signing() throws {
        let relative = envelope.replacing("urn:test:order", with: "../order")
        #expect(throws: SecurityFault.self) { try Fixtures.signed(Array(relative.utf8)) }
    }

    @Test("is refused with its cause, also where the URI stands outside of what is signed")
    func verifying() throws {
        let message = try Fixtures.signed()
        #expect(try Fixtures.fault(of: message) == nil)
        for change in ["<soap:Header xmlns:x=\"order\">", "<soap:Header xmlns:x=\"//order\">"] {
            let fault = try Fixtures.fault(of: message.replacing("<soap:Header>", with: change))
            #expect(fault?.code == .invalidSecurity)
            #expect(fault?.cause.contains("relative namespace URI") == true)
        }
        let absolute = message.replacing("<soap:Header>", with: "<soap:Header xmlns:x=\"urn:order\">")
        #expect(try Fixtures.fault(of: absolute) == nil)
    }

    @Test("changes nothing for a message that nobody signs")
    func unsigned() throws {
        let relative = envelope.replacing("urn:test:order", with: "order")
        let policy = InboundPolicy(signed: [], requiresTimestamp: false)
        #expect(try Fixtures.fault(of: relative, policy) == nil)
    }
}

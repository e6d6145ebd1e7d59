import Testing
import WSSecurity
import XML

@Suite("A Body that is not read again when it is signed")
struct LargeBodyTests {
    private static let utility =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"

    /// Attributes of the Envelope, attributes of Body, and an element in it: names that the new id may touch, and not.
    private static let cases = [
        ("", "", "<a xmlns='urn:a' b='&gt;'/>"),
        ("", " note='a>b'", "<a/>"),
        ("", "", "<wsu:a xmlns:wsu='\(utility)' wsu:Id='a'/>"),
        ("", "", "<wsu:a xmlns:wsu='urn:other' wsu:b='c'/>"),
        ("", "", "<u:a xmlns:u='\(utility)'><wsu:b xmlns:wsu='\(utility)'/></u:a>"),
        (" xmlns:wsu='\(utility)'", "", "<wsu:a/>"),
        (" xmlns:wsu='urn:other'", "", "<wsu:a wsu:b='c'/>"),
        ("", " xmlns:u='\(utility)' u:Id='mine'", "<u:a/>"),
        (" xmlns='urn:default'", "", "<a><b xmlns=''/></a>"),
    ]

    @Test("is signed as it is read, whatever names it uses", arguments: cases.indices, ProtectionOrder.allCases)
    func names(_ number: Int, _ order: ProtectionOrder) throws {
        let (envelope, body, element) = Self.cases[number]
        let filling = String(repeating: "<f>text &amp; more</f>", count: 80)
        let octets = Array(
            ("<s:Envelope xmlns:s=\"\(SOAPVersion.soap11.namespace)\"\(envelope)><s:Body\(body)><r>\(element)\(filling)</r>"
                + "</s:Body></s:Envelope>")
                .utf8
        )
        let document = try XMLDocument(scanning: octets)
        let node = try #require(document.firstElement("Body", in: SOAPVersion.soap11.namespace, of: document.root))
        let message = try Fixtures.protected(octets, order: order)
        let result = try Fixtures.process(message, InboundPolicy(encrypted: [.body]))
        let read = try XMLDocument(scanning: result.envelope)
        let readBody = try #require(read.firstElement("Body", in: SOAPVersion.soap11.namespace, of: read.root))
        #expect(read.octets[read.contentRange(of: readBody)] == octets[document.contentRange(of: node)])
    }
}

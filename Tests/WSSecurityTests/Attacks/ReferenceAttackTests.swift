import Testing
import WSSecurity

@Suite("References and transforms that compute, fetch or flood are refused, even when a trusted key signed them")
struct ReferenceAttackTests {
    private static func resigned(_ message: String) throws -> String {
        try Forger.resigned(message, by: Fixtures.sender.get().key)
    }

    @Test("a message signed anew without a change is accepted")
    func control() throws {
        let message = try Specimen().text.replacing("M\u{FC}ller", with: "Meier")
        #expect(try Fixtures.fault(of: message, Specimen.policy)?.code == .failedCheck)
        #expect(try Fixtures.fault(of: Self.resigned(message), Specimen.policy) == nil)
    }

    @Test(
        "transforms other than canonicalization and enveloped signature",
        arguments: [
            "http://www.w3.org/TR/1999/REC-xpath-19991116", "http://www.w3.org/2002/06/xmldsig-filter2",
            "http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/2000/09/xmldsig#base64",
            "http://www.w3.org/2002/07/decrypt#XML", "http://www.w3.org/2002/07/decrypt#Binary",
            "http://www.w3.org/2001/04/xmlenc#",
            "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#"
                + "Attachment-Content-Signature-Transform", "http://www.w3.org/2010/xmldsig2#transform", "",
            "http://www.w3.org/2001/10/xml-exc-c14n", "http://www.w3.org/2001/10/XML-EXC-C14N#",
        ]
    )
    func transforms(_ uri: String) throws {
        let message = try Specimen().text
        let transform = "<ds:Transform Algorithm=\"\(uri)\"></ds:Transform>"
        for changed in [
            message.inserting(transform, after: "<ds:Transforms>"),
            message.inserting(transform, before: "</ds:Transforms>"),
        ] {
            let fault = try #require(try Fixtures.fault(of: Self.resigned(changed), Specimen.policy))
            #expect(fault.code == .unsupportedAlgorithm, "\(fault)")
        }
    }

    @Test("more transforms than two, each allowed by itself")
    func transformFlood() throws {
        let canonical = "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform>"
        for count in [1, 5, 500] {
            let chain = String(repeating: canonical, count: count)
            let changed = try Specimen().text.inserting(chain, before: "</ds:Transforms>")
            #expect(try Fixtures.fault(of: Self.resigned(changed), Specimen.policy) != nil)
        }
    }

    @Test("more references than the policy's limit")
    func referenceFlood() throws {
        let message = try Specimen().text
        let reference = try #require(message.element("ds:Reference"))
        for (count, isAccepted) in [(21, true), (22, false), (200, false)] {
            let changed = message.inserting(String(repeating: reference, count: count), before: "</ds:SignedInfo>")
            let fault = try Fixtures.fault(of: Self.resigned(changed), Specimen.policy)
            #expect((fault == nil) == isAccepted, "\(count) more: \(String(describing: fault))")
            if !isAccepted { #expect(fault?.code == .invalidSecurity) }
        }
    }

    @Test(
        "references to other documents, to the whole document, by XPointer, and broken ones",
        arguments: [
            "", "#", "#xpointer(/)", "#xpointer(id('ID'))", "#element(ID)", "http://192.0.2.1/x",
            "https://example.org/#ID",
            "file:///etc/passwd", "file:///dev/zero", "cid:part@example.org", "ID", "##ID", "#ID#ID", "# ID", "#ID ",
            "?#ID", "/#ID", "//example.org/#ID", "#%49D", "ftp://example.org/", "urn:ID", "#",
        ]
    )
    func uris(_ form: String) throws {
        let message = try Specimen().text
        let id = try #require(message.element("soap:Body")?.value(of: "wsu:Id"))
        let changed = message.replacing("URI=\"#\(id)\"", with: "URI=\"\(form.replacing("ID", with: id))\"")
        #expect(changed != message)
        let fault = try #require(try Fixtures.fault(of: Self.resigned(changed), Specimen.policy))
        #expect(fault.code == .failedCheck, "\(fault)")
    }

    @Test("a reference without URI, or one whose Type leads on to a manifest")
    func indirection() throws {
        let message = try Specimen().text
        let id = try #require(message.element("soap:Body")?.value(of: "wsu:Id"))
        let absent = message.replacing(" URI=\"#\(id)\"", with: "")
        #expect(try Fixtures.fault(of: Self.resigned(absent), Specimen.policy)?.code == .failedCheck)
        let reference = try #require(message.ranges(of: "<ds:Reference").first).lowerBound
        let end = try #require(message[reference...].firstRange(of: "</ds:Reference>")).upperBound
        let manifest =
            "<ds:Object><ds:Manifest Id='M'>\(message[reference..<end])</ds:Manifest></ds:Object></ds:Signature>"
        let indirect =
            message.replacing(
                "URI=\"#\(id)\"",
                with: "Type=\"http://www.w3.org/2000/09/xmldsig#Manifest\" URI=\"#M\""
            )
            .replacing("</ds:Signature>", with: manifest)
        #expect(try Fixtures.fault(of: Self.resigned(indirect), Specimen.policy) != nil)
    }

    @Test("an enveloped signature leaves out a part of Body, so that Body is not covered")
    func enveloped() throws {
        let message = try Specimen().text
        let (rest, signature) = try #require(message.taking("ds:Signature"))
        let enveloped = "<ds:Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/>"
        let inBody = rest.inserting(
            signature.replacing("<ds:Transforms>", with: "<ds:Transforms>" + enveloped),
            before: "</soap:Body>"
        )
        #expect(try Fixtures.fault(of: inBody, Specimen.policy)?.code == .invalidSecurity)
        let changed = message.inserting(enveloped, after: "<ds:Transforms>")
        #expect(try Fixtures.fault(of: Self.resigned(changed), Specimen.policy) != nil)
    }

    @Test("a prefix list beyond the limit")
    func prefixes() throws {
        let list = (0..<65).map { "p\($0)" }.joined(separator: " ")
        let parameter =
            "<ec:InclusiveNamespaces xmlns:ec=\"http://www.w3.org/2001/10/xml-exc-c14n#\" PrefixList=\"\(list)\"/>"
        let changed = try Specimen().text
            .inserting(parameter, before: "</ds:CanonicalizationMethod>")
        #expect(try Fixtures.fault(of: Self.resigned(changed), Specimen.policy)?.code == .invalidSecurity)
    }

    @Test("an enveloped-signature transform on an element that the signature is not in is refused by name")
    func envelopedElsewhere() throws {
        let sender = try Fixtures.sender.get()
        let message = HandMade.envelope("")
        let body = HandMade.Reference(
            id: "body",
            octets: try HandMade.canonical("body", in: message),
            transforms: HandMade.transform(HandMade.dsig + "enveloped-signature") + HandMade.exclusive
        )
        let signature = try HandMade.signature(
            over: [body],
            by: .pair(sender),
            keyInfo: HandMade.thumbprint(sender.certificate)
        )
        let signed = message.replacing("</wsse:Security>", with: signature + "</wsse:Security>")
        let fault = try HandMade.fault(signed, .undemanding)
        #expect(fault?.code == .failedCheck && fault?.cause.contains("needs the signature within") == true)
    }

    @Test("a Security header that is signed without the signature in it does not count as signed, nor what is in it")
    func envelopedHeader() throws {
        let sender = try Fixtures.sender.get()
        let moment = "<wsu:Created>\(DateTimeText.text(of: Fixtures.now))</wsu:Created>"
        let message = HandMade.envelope("<wsu:Timestamp>\(moment)</wsu:Timestamp>")
            .replacing("<wsse:Security ", with: "<wsse:Security wsu:Id=\"SEC\" ")
        let header = HandMade.Reference(
            id: "SEC",
            octets: try HandMade.canonical("SEC", in: message),
            transforms: HandMade.transform(HandMade.dsig + "enveloped-signature") + HandMade.exclusive
        )
        let signature = try HandMade.signature(
            over: [header],
            by: .pair(sender),
            keyInfo: HandMade.thumbprint(sender.certificate)
        )
        let signed = message.replacing("</wsse:Security>", with: signature + "</wsse:Security>")
        #expect(try HandMade.fault(signed, .undemanding) == nil)
        let fault = try HandMade.fault(signed, InboundPolicy(signed: [.timestamp]))
        #expect(fault?.code == .invalidSecurity && fault?.cause.contains("timestamp is not covered") == true)
    }
}

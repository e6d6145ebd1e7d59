import Testing
import WSSecurity

@Suite("Signature wrapping: a signed part that is not at its place counts for nothing")
struct WrappingTests {
    private static let body = "<soap:Body>EVIL</soap:Body>"

    /// A signed message in pieces.
    private struct Pieces {
        let message: String
        let security: String
        let body: String
        let bodyID: String

        init() throws {
            let message = try Fixtures.signed(parts: [.body, .timestamp, Fixtures.messageID])
            security = try #require(message.element("wsse:Security"))
            body = try #require(message.element("soap:Body"))
            bodyID = try #require(body.value(of: "wsu:Id"))
            self.message = message
        }

        func with(body replacement: String, inHeader extra: String = "", security: String? = nil) -> String {
            message.replacing(body, with: replacement)
                .replacing(self.security, with: (security ?? self.security) + extra)
        }
    }

    @Test("the pieces themselves are accepted")
    func control() throws {
        let pieces = try Pieces()
        let policy = InboundPolicy(signed: [.body, .timestamp, Fixtures.messageID])
        #expect(try Fixtures.fault(of: pieces.with(body: pieces.body), policy) == nil)
    }

    @Test("the signed Body in a header block, another in its place")
    func headerBlock() throws {
        let pieces = try Pieces()
        let wrapper = "<w:Wrap xmlns:w=\"urn:w\">\(pieces.body)</w:Wrap>"
        let attributes = [
            "", " wsu:Id=\"other\" xmlns:wsu=\"\(Self.wsu)\"", " wsu:Id=\"\(pieces.bodyID)\" xmlns:wsu=\"\(Self.wsu)\"",
            " Id=\"\(pieces.bodyID)\"", " ID=\"\(pieces.bodyID)\"", " xml:id=\"\(pieces.bodyID)\"",
        ]
        for attribute in attributes {
            let evil = "<soap:Body\(attribute)>EVIL</soap:Body>"
            for extra in [wrapper, pieces.body] {
                let fault = try Fixtures.fault(of: pieces.with(body: evil, inHeader: extra))
                #expect(fault?.code == .invalidSecurity || fault?.code == .failedCheck, "\(evil)")
            }
        }
    }

    @Test("the signed Body within the Security header, the Signature or the new Body")
    func nested() throws {
        let pieces = try Pieces()
        let inSecurity = pieces.security.replacing("</wsse:Security>", with: pieces.body + "</wsse:Security>")
        let inObject = pieces.security.replacing(
            "</ds:Signature>",
            with: "<ds:Object>\(pieces.body)</ds:Object></ds:Signature>"
        )
        let inKeyInfo = pieces.security.replacing("</ds:KeyInfo>", with: pieces.body + "</ds:KeyInfo>")
        for security in [inSecurity, inObject, inKeyInfo] {
            #expect(try Fixtures.fault(of: pieces.with(body: Self.body, security: security)) != nil)
        }
        let within = "<soap:Body>EVIL\(pieces.body)</soap:Body>"
        #expect(try Fixtures.fault(of: pieces.with(body: within))?.code == .invalidSecurity)
    }

    @Test("two Bodies, a Body before the Header, anything after the Body")
    func structure() throws {
        let pieces = try Pieces()
        let envelopes = [
            pieces.with(body: Self.body + pieces.body), pieces.with(body: pieces.body + Self.body),
            pieces.with(body: pieces.body + "<x/>"),
            pieces.message.replacing("<soap:Header>", with: Self.body + "<soap:Header>"),
            pieces.message.replacing("<soap:Header>", with: "<soap:Header/><soap:Header>"),
        ]
        for envelope in envelopes { #expect(try Fixtures.fault(of: envelope)?.code == .malformedMessage) }
    }

    @Test("the signed Timestamp in a header block, a fresh one in its place")
    func timestamp() throws {
        let pieces = try Pieces()
        let timestamp = try #require(pieces.security.element("wsu:Timestamp"))
        let fresh = timestamp.replacing("wsu:Id=\"TS-", with: "wsu:Id=\"TT-")
        let security = pieces.security.replacing(timestamp, with: fresh)
        let wrapper = "<w:Wrap xmlns:w=\"urn:w\" xmlns:wsu=\"\(Self.wsu)\">\(timestamp)</w:Wrap>"
        let message = pieces.with(body: pieces.body, inHeader: wrapper, security: security)
        #expect(try Fixtures.fault(of: message)?.code == .invalidSecurity)
        let twice = pieces.security.replacing(timestamp, with: timestamp + fresh)
        #expect(try Fixtures.fault(of: pieces.with(body: pieces.body, security: twice))?.code == .invalidSecurity)
    }

    @Test("the signed header block one level deeper, another in its place; or a second one of its name")
    func headerBlockReplaced() throws {
        let pieces = try Pieces()
        let block = try #require(pieces.message.element("wsa:MessageID"))
        let policy = InboundPolicy(signed: [.body, .timestamp, Fixtures.messageID])
        let evil = "<wsa:MessageID xmlns:wsa=\"http://www.w3.org/2005/08/addressing\">EVIL</wsa:MessageID>"
        let deeper = pieces.message.replacing(block, with: evil + "<w:W xmlns:w=\"urn:w\">\(block)</w:W>")
        #expect(try Fixtures.fault(of: deeper, policy)?.code == .invalidSecurity)
        let second = pieces.message.replacing(block, with: block + evil)
        #expect(try Fixtures.fault(of: second, policy)?.code == .invalidSecurity)
        let removed = pieces.message.replacing(block, with: "")
        #expect(try Fixtures.fault(of: removed, policy)?.code == .failedCheck)
    }

    @Test("a second Security header, for the same actor or with the signature in another's")
    func secondHeader() throws {
        let pieces = try Pieces()
        let other = pieces.security.replacing(
            "soap:mustUnderstand",
            with: "soap:actor=\"urn:other\" soap:mustUnderstand"
        )
        #expect(try Fixtures.fault(of: pieces.with(body: pieces.body, security: other))?.code == .invalidSecurity)
        let empty = "<wsse:Security xmlns:wsse=\"\(Self.wsse)\"/>"
        #expect(try Fixtures.fault(of: pieces.with(body: pieces.body, inHeader: empty))?.code == .invalidSecurity)
        let stolen = pieces.with(body: pieces.body, inHeader: empty, security: other)
        #expect(try Fixtures.fault(of: stolen)?.code == .invalidSecurity)
    }

    @Test("an id of the application that repeats does no harm until something refers to it")
    func applicationIDs() throws {
        let text = String(decoding: Fixtures.envelope(), as: UTF8.self)
        let repeated = text.replacing("<m:item>", with: "<m:item Id=\"a\" ID=\"b\"/><m:item Id=\"a\" ID=\"b\">")
        #expect(try Fixtures.fault(of: Fixtures.signed(Array(repeated.utf8))) == nil)
        let pieces = try Pieces()
        let clash = pieces.message.replacing("</soap:Header>", with: "<x Id=\"\(pieces.bodyID)\"/></soap:Header>")
        #expect(try Fixtures.fault(of: clash)?.code == .invalidSecurity)
    }

    static let wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
    static let wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
}

extension String {
    /// The first element with that qualified name, as written.
    func element(_ name: String) -> String? {
        guard let start = firstRange(of: "<\(name)"), let end = firstRange(of: "</\(name)>") else { return nil }
        return String(self[start.lowerBound..<end.upperBound])
    }

    /// The value of the first attribute with that qualified name.
    func value(of attribute: String) -> String? {
        guard let start = firstRange(of: attribute + "=\"") else { return nil }
        return String(self[start.upperBound...].prefix { $0 != "\"" })
    }
}

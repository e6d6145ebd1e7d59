import Testing
import XML

@Suite("A scanned document")
struct XMLDocumentTests {
    private let envelope = """
        <s:Envelope xmlns:s="urn:soap" xmlns:u="urn:utility"><s:Header/>\
        <s:Body u:Id="body-1" Id='2'>a&lt;<!-- no --><![CDATA[&b]]><m:x xmlns:m="urn:m" a=" 1\t2"/>&#xA9;</s:Body>\
        </s:Envelope>
        """

    @Test("knows names, prefixes and namespaces")
    func names() throws {
        let document = try scan(envelope)
        #expect(document.name(of: document.root) == ExpandedName("Envelope", in: "urn:soap"))
        #expect(document.prefix(of: document.root) == "s")
        let body = try #require(document.firstElement("Body", in: "urn:soap", of: document.root))
        #expect(document.isNamed(body, "Body", in: "urn:soap"))
        #expect(!document.isNamed(body, "Body", in: "urn:utility"))
        #expect(document.namespace(forPrefix: "u", at: body) == "urn:utility")
        #expect(document.namespace(forPrefix: "m", at: body) == nil)
        #expect(document.namespace(forPrefix: "", at: body) == nil)
        #expect(document.prefix(forNamespace: "urn:utility", at: body) == "u")
    }

    @Test("is walked in document order")
    func navigation() throws {
        let document = try scan(envelope)
        #expect(document.children(of: .document).map { $0 } == [document.root])
        #expect(document.parent(of: document.root) == .document)
        #expect(document.parent(of: .document) == nil)
        let parts = Array(document.elements(in: document.root))
        #expect(parts.map { document.name(of: $0).localName } == ["Header", "Body"])
        #expect(document.nextSibling(of: parts[0]) == parts[1])
        #expect(document.nextSibling(of: parts[1]) == nil)
        #expect(document.firstChild(of: parts[0]) == nil)
        #expect(
            document.children(of: parts[1]).map { document.kind(of: $0) } == [.text, .comment, .text, .element, .text]
        )
        #expect(
            document.descendants(of: document.root).map { document.name(of: $0).localName } == ["Header", "Body", "x"]
        )
        #expect(document.descendants(of: parts[0]).map { $0 } == [])
        #expect(document.isNode(parts[1], within: document.root))
        #expect(!document.isNode(parts[1], within: parts[0]))
    }

    @Test("gives attributes with normalised values and their places")
    func attributes() throws {
        let document = try scan(envelope)
        let body = try #require(document.firstElement("Body", in: "urn:soap", of: document.root))
        let attributes = document.attributes(of: body)
        #expect(attributes.map(\.name) == [ExpandedName("Id", in: "urn:utility"), ExpandedName("Id")])
        #expect(attributes.map(\.value) == ["body-1", "2"])
        #expect(attributes.map(\.prefix) == ["u", ""])
        #expect(String(decoding: document.octets[attributes[0].range], as: UTF8.self) == #"u:Id="body-1""#)
        #expect(document.attribute("Id", of: body) == "2")
        #expect(document.attribute("Id", in: "urn:utility", of: body) == "body-1")
        #expect(document.attribute("Id", in: "urn:m", of: body) == nil)
        let x = try #require(document.firstElement("x", in: "urn:m", of: body))
        #expect(document.attribute("a", of: x) == " 1 2")
        #expect(document.isEmptyElementTag(x))
        #expect(document.contentRange(of: x).isEmpty)
    }

    @Test("finds all attributes of given names in one pass")
    func attributesByName() throws {
        let document = try scan(envelope)
        let found = document.attributes(named: [
            ExpandedName("Id", in: "urn:utility"), ExpandedName("Id"), ExpandedName("ID"),
        ])
        #expect(found.map(\.attribute.value) == ["body-1", "2"])
        #expect(document.attributes(named: [ExpandedName("ID")]).isEmpty)
    }

    @Test("gives text without comments, with references resolved")
    func text() throws {
        let document = try scan(envelope)
        #expect(document.text(of: document.root) == "a<&b\u{A9}")
        let lines = try scan("<a>1\r\n2\r3<![CDATA[\r\n&lt;]]>&#13;</a>")
        #expect(lines.text(of: lines.root) == "1\n2\n3\n&lt;\r")
    }

    @Test("is spliced without touching the rest")
    func splicing() throws {
        let document = try scan("<a><b/><c>old</c></a>")
        let parts = Array(document.elements(in: document.root))
        let edits = [
            XMLEdit(range: document.contentRange(of: parts[1]), text: "new"),
            XMLEdit(inserting: [UInt8]("<x/>".utf8), at: document.range(of: parts[0]).lowerBound),
            XMLEdit(inserting: [UInt8]("<y/>".utf8), at: document.range(of: parts[0]).lowerBound),
        ]
        #expect(String(decoding: document.applying(edits), as: UTF8.self) == "<a><x/><y/><b/><c>new</c></a>")
    }

    @Test("counts lines and columns in characters")
    func lines() throws {
        let document = try scan("<a>\r\n\u{E4}<b/>\r</a>")
        #expect(document.lineAndColumn(at: 0) == (1, 1))
        #expect(document.lineAndColumn(at: 7) == (2, 2))
        #expect(document.lineAndColumn(at: 12) == (3, 1))
    }
}

import Testing
import XML

@Suite("Content in a fragment is canonical as it would be in its element")
struct FragmentTests {
    private static let documents = [
        "<a><b/></a>",
        "<e xmlns=\"urn:d\" xmlns:p=\"urn:p\"><h p:x=\"1\"><b/></h></e>",
        "<e xmlns=\"urn:d\" xmlns:p=\"urn:p\"><h xmlns=\"\" xmlns:p=\"urn:q\"><b></b></h></e>",
        "<e xml:lang=\"de\" xml:base=\"http://a.example/x/\" xml:id=\"i\"><h xml:space=\"preserve\" xml:base=\"y/\"><b>1</b></h></e>",
        "<e xmlns:p=\"urn:&quot;&lt;&amp;\"><h xml:lang=\"&#9;&quot;&amp;\"><b/></h></e>",
    ]
    private static let content = "<p:c xmlns:p=\"urn:c\" p:k=\"v\"><d xml:lang=\"en\">t<!-- c --></d></p:c>"
    private static let methods: [Canonicalization] = [
        Canonicalization(.exclusive10), Canonicalization(.exclusive10, inclusivePrefixes: ["p", "#default"]),
        Canonicalization(.inclusive10), Canonicalization(.inclusive10, withComments: true),
        Canonicalization(.inclusive11),
    ]

    @Test("by every method", arguments: documents)
    func canonical(_ text: String) throws {
        let document = try XMLDocument(scanning: Array(text.utf8))
        let element = try #require(
            document.descendants(of: document.root).first { document.name(of: $0).localName == "b" }
        )
        let (fragment, parent) = try document.fragment(Array(Self.content.utf8), in: element)
        let within = try #require(fragment.elements(in: parent).first { _ in true })
        let whole = try XMLDocument(scanning: document.applying([Self.inserting(into: element, of: document)]))
        let direct = try #require(whole.descendants(of: whole.root).first { whole.name(of: $0).localName == "c" })
        for method in Self.methods {
            let expected = String(decoding: whole.canonicalOctets(of: direct, by: method), as: UTF8.self)
            #expect(String(decoding: fragment.canonicalOctets(of: within, by: method), as: UTF8.self) == expected)
        }
    }

    @Test("unless it is not well-formed there", arguments: ["<a>", "</s><s>", "<q:a/>", "<!DOCTYPE a>"])
    func malformed(_ content: String) throws {
        let document = try XMLDocument(scanning: Array("<a><b/></a>".utf8))
        let outcome = Result { try document.fragment(Array(content.utf8), in: document.root) }
        if case .success(let (fragment, parent)) = outcome {
            // What closes its parent leaves it empty: nothing is found there.
            #expect(fragment.firstChild(of: parent) == nil)
        }
    }

    private static func inserting(into element: NodeID, of document: XMLDocument) -> XMLEdit {
        guard document.isEmptyElementTag(element) else {
            return XMLEdit(inserting: Array(content.utf8), at: document.contentRange(of: element).lowerBound)
        }
        let end = document.range(of: element).upperBound
        return XMLEdit(range: end - 2..<end, text: ">" + content + "</b>")
    }
}

import TestSupport
import Testing
import XML

/// Canonical XML 1.1: what it does otherwise than 1.0, which is with `xml:` attributes of elements that are left out.
@Suite("Canonical XML 1.1")
struct CanonicalXML11Tests {
    /// A part of an interoperability document.
    struct Part: CustomTestStringConvertible {
        let name: String
        let document: String
        let apex: String
        var omitted: String?

        var testDescription: String { name }
    }

    private static let whole = "c14n11XmlBaseDoc1"
    private static let parts: [Part] =
        [
            Part(name: "xmlbase-prop-1", document: "base", apex: whole, omitted: "e2"),
            Part(name: "xmlbase-prop-2", document: "base", apex: "e1"),
            Part(name: "xmlbase-prop-3", document: "base", apex: "e11"),
            Part(name: "xmlbase-prop-4", document: "base", apex: "e111"),
            Part(name: "xmlbase-prop-5", document: "base", apex: "e21"),
            Part(name: "xmlbase-prop-6", document: "base", apex: "e3"),
            Part(name: "xmlid-1", document: "id", apex: "e1"),
        ]
        + ["lang", "space"]
        .flatMap { name in
            ["e1", "e2", "e11"].enumerated()
                .map { Part(name: "xml\(name)-\($0.offset + 1)", document: name, apex: $0.element) }
        }

    @Test("has the forms of the interoperability tests", arguments: parts)
    func interoperability(part: Part) throws {
        let document = try XMLDocument(scanning: Vectors.octets("c14n11/xml-\(part.document)-input.xml"))
        let elements = Array(document.descendants(of: .document))
        let apex = try #require(elements.first { document.name(of: $0).localName == part.apex })
        let omitted = elements.first { document.name(of: $0).localName == part.omitted }
        for withComments in [false, true] {
            let method = Canonicalization(.inclusive11, withComments: withComments)
            let ours = document.canonicalOctets(of: apex, by: method, omitting: omitted)
            #expect(try ours == Vectors.octets("c14n11/\(part.name).canonical"))
        }
    }

    @Test("inherits xml:lang and xml:space, but not xml:id nor what nobody knows")
    func inherited() throws {
        let text =
            #"<a xml:id="i" xml:lang="de" xml:other="1"><b xml:space="preserve"><c xml:lang="fr" x="1"/></b></a>"#
        let method = Canonicalization(.inclusive11)
        #expect(try canonical(text, method, of: "a", "b", "c") == #"<c x="1" xml:lang="fr" xml:space="preserve"></c>"#)
        let older = #"<c x="1" xml:id="i" xml:lang="fr" xml:other="1" xml:space="preserve"></c>"#
        #expect(try canonical(text, Canonicalization(.inclusive10), of: "a", "b", "c") == older)
    }

    @Test("joins xml:base with those above the part, and drops it when nothing is left of it")
    func joined() throws {
        func base(_ values: String...) throws -> String {
            let names = Array("abc").map(String.init)
            let tags = zip(names, values).map { name, value in "<\(name) xml:base='\(value)'>" }.joined()
            let ends = names.prefix(values.count).reversed().map { "</\($0)>" }.joined()
            let document = try scan(tags + ends)
            let apex = try #require(Array(document.descendants(of: .document)).last)
            let octets = document.canonicalOctets(of: apex, by: Canonicalization(.inclusive11))
            let form = try XMLDocument(scanning: octets)
            let namespace = "http://www.w3.org/XML/1998/namespace"
            return form.attribute("base", in: namespace, of: form.root) ?? "none"
        }
        #expect(try base("http://www.example.com/something/else", "../bar/foo") == "http://www.example.com/bar/foo")
        #expect(try base("something/else", "bar/", "foo") == "something/bar/foo")
        #expect(try base("foo/bar", "..", "x") == "x")
        #expect(try base("http://a/b?c#d", "#e") == "http://a/b?c")
        #expect(try base("http://a?b", "c?d") == "http://a/c?d")
        #expect(try base("http://a/b/", "//c/./d", "e&amp;f") == "http://c/e&f")
        #expect(try base("http://a/b/", "urn:c") == "urn:c")
        #expect(try base("abc/", "../") == "none")
        #expect(try base("../", "../") == "../../")
        #expect(try base("..", "..") == "../../")
        #expect(try base("a/../b") == "a/../b")
    }

    @Test("orders the joined xml:base like any other attribute")
    func order() throws {
        let text = ##"<a xml:base="u/v"><b xml:lang="de" z="" xml:aaa="" xmlns:y="urn:y" y:x=""/></a>"##
        #expect(
            try canonical(text, Canonicalization(.inclusive11), of: "a", "b")
                == ##"<b xmlns:y="urn:y" z="" xml:aaa="" xml:base="u/v" xml:lang="de" y:x=""></b>"##
        )
    }

    @Test("is named by its URI")
    func identifiers() {
        let known = ["http://www.w3.org/2006/12/xml-c14n11", "http://www.w3.org/2006/12/xml-c14n11#WithComments"]
        #expect(known.map { Canonicalization(uri: $0)?.uri } == known)
        #expect(known.map { Canonicalization(uri: $0)?.algorithm } == [.inclusive11, .inclusive11])
        #expect(known.map { Canonicalization(uri: $0)?.withComments } == [false, true])
    }
}

import Testing
import XML

@Suite("Namespaces")
struct NamespaceTests {
    @Test(
        "accepts declarations and names that are bound",
        arguments: [
            "<a:b xmlns:a='u'/>", "<b a:c='' xmlns:a='u'/>", "<b xmlns='u'><c xmlns=''/></b>", "<xml:a/>",
            "<a xml:lang='de'/>",
            "<a xmlns:xml='http://www.w3.org/XML/1998/namespace'/>", "<a xmlns:x='u' xmlns:y='u' x:b='' b=''/>",
            "<a:b xmlns:a='u'><a:c xmlns:a='v'/><a:d/></a:b>", "<x xmlns:a='u' xmlns:b='v' a:c='' b:c='' c=''/>",
            "<a xmlns:xml='http://www.w3.org/XML/1998/namespace'><b xmlns:xml='http://www.w3.org/XML/1998/namespace'/></a>",
        ]
    )
    func good(_ text: String) { #expect(scanError([UInt8](text.utf8)) == nil) }

    @Test(
        "refuses names that Namespaces in XML does not allow",
        arguments: [
            ("<a:b/>", .unboundPrefix("a"), 1), ("<b a:c=''/>", .unboundPrefix("a"), 3),
            ("<a><b xmlns:p='u'/><p:c/></a>", .unboundPrefix("p"), 20), ("<:a/>", .invalidName, 1),
            ("<a:/>", .invalidName, 3),
            ("<a:b:c xmlns:a='u'/>", .invalidName, 4), ("<a:1 xmlns:a='u'/>", .invalidName, 3),
            ("<a :b=''/>", .invalidName, 3),
            ("<a xmlns:='u'/>", .invalidName, 9), ("<a xmlns:1='u'/>", .invalidName, 9),
            ("<?a:b ?><a/>", .invalidName, 2),
            ("<a xmlns:p=''/>", .emptyNamespace(prefix: "p"), 3), ("<a xmlns:xml='u'/>", .reservedPrefix("xml"), 3),
            ("<a xmlns:p='http://www.w3.org/XML/1998/namespace'/>", .reservedPrefix("p"), 3),
            ("<a xmlns='http://www.w3.org/XML/1998/namespace'/>", .reservedPrefix(""), 3),
            ("<a xmlns:xmlns='u'/>", .reservedPrefix("xmlns"), 3),
            ("<a xmlns:xmlns='http://www.w3.org/2000/xmlns/'/>", .reservedPrefix("xmlns"), 3),
            ("<a xmlns:p='http://www.w3.org/2000/xmlns/'/>", .reservedPrefix("p"), 3),
            ("<a xmlns='http://www.w3.org/2000/xmlns/'/>", .reservedPrefix(""), 3),
            ("<xmlns:a/>", .reservedPrefix("xmlns"), 1),
            ("<a xmlns='u' xmlns='v'/>", .duplicateAttribute("xmlns"), 13),
            ("<a xmlns:p='u' xmlns:p='u'/>", .duplicateAttribute("xmlns:p"), 15),
            (
                "<a xmlns:xml='http://www.w3.org/XML/1998/namespace' xmlns:xml='http://www.w3.org/XML/1998/namespace'/>",
                .duplicateAttribute("xmlns:xml"), 52
            ), ("<a xmlns:p='u' xmlns:q='u' p:b='' q:b=''/>", .duplicateAttribute("q:b"), 34),
            ("<a xmlns:p='u' xmlns:q='&#117;' p:b='' q:b=''/>", .duplicateAttribute("q:b"), 39),
        ] as [(String, XMLError.Kind, Int)]
    )
    func bad(_ text: String, kind: XMLError.Kind, offset: Int) {
        #expect(scanError([UInt8](text.utf8)) == XMLError(kind, at: offset))
    }

    @Test("come into scope at their own tag and leave it at its end")
    func scope() throws {
        let document = try scan("<a xmlns='1' xmlns:p='2'><p:b xmlns:p='3' xmlns=''><c/></p:b><p:d/></a>")
        #expect(
            document.descendants(of: .document).map { document.name(of: $0).description } == [
                "{1}a", "{3}b", "c", "{2}d",
            ]
        )
        let c = try #require(document.descendants(of: .document).first { document.name(of: $0).localName == "c" })
        #expect(document.namespace(forPrefix: "p", at: c) == "3")
        #expect(document.namespace(forPrefix: "", at: c) == nil)
        #expect(document.namespace(forPrefix: "xml", at: c) == "http://www.w3.org/XML/1998/namespace")
        #expect(document.prefix(forNamespace: "2", at: c) == nil)
        #expect(document.prefix(forNamespace: "3", at: c) == "p")
    }

    @Test("of one URI are one, however it is written")
    func references() throws {
        let document = try scan("<a xmlns='u&amp;v'><p:a xmlns:p='&#x75;&#38;v'/></a>")
        let inner = try #require(document.firstElement("a", in: "u&v", of: document.root))
        #expect(document.name(of: inner) == document.name(of: document.root))
    }
}

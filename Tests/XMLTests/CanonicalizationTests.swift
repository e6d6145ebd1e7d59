import Testing
import XML

@Suite("The canonical form")
struct CanonicalizationTests {
    @Test("has only the used declarations when it is exclusive")
    func exclusive() throws {
        let text =
            #"<a:r xmlns:a="u:a" xmlns:b="u:b" xmlns="u:d"><b:x xmlns:a="u:a" b:q='1' p="2"><a:y/><z/></b:x></a:r>"#
        #expect(
            try canonical(text, Canonicalization(.exclusive10), of: "r", "x")
                == #"<b:x xmlns:b="u:b" p="2" b:q="1"><a:y xmlns:a="u:a"></a:y><z xmlns="u:d"></z></b:x>"#
        )
        #expect(
            try canonical(
                text,
                Canonicalization(.exclusive10, inclusivePrefixes: ["a", "#default", "none"]),
                of: "r",
                "x"
            )
                == #"<b:x xmlns="u:d" xmlns:a="u:a" xmlns:b="u:b" p="2" b:q="1"><a:y></a:y><z></z></b:x>"#
        )
    }

    @Test("heeds every token of a prefix list, however many mean nothing")
    func longList() throws {
        let text = #"<r xmlns:a="1" xmlns:b="2"><s/></r>"#
        let list = (0..<20_000).map { "none\($0)" } + ["b"]
        let method = Canonicalization(.exclusive10, inclusivePrefixes: list)
        #expect(try canonical(text, method, of: "r", "s") == #"<s xmlns:b="2"></s>"#)
    }

    @Test("has all declarations in scope and inherits xml: attributes when it is inclusive")
    func inclusive() throws {
        let text = #"<a:r xmlns:a="u:a" xmlns="u:d" xml:lang="de"><x a:q='1' xmlns:c="u:c"><y xmlns=""/></x></a:r>"#
        #expect(
            try canonical(text, Canonicalization(.inclusive10), of: "r", "x")
                == #"<x xmlns="u:d" xmlns:a="u:a" xmlns:c="u:c" xml:lang="de" a:q="1"><y xmlns=""></y></x>"#
        )
    }

    @Test("orders many attributes and declarations as few ones")
    func many() throws {
        let numbers = (0..<40).map { 10 + $0 * 7 % 40 }
        let declarations = numbers.map { " xmlns:p\($0)=\"\(99 - $0)\"" }
        let attributes = numbers.map { " p\($0):a=\"\"" }
        let text = "<r\(attributes.joined())\(declarations.joined())></r>"
        // Declarations go by prefix, attributes by URI, which here is the other way round.
        let expected = "<r\(declarations.sorted().joined())\(attributes.sorted().reversed().joined())></r>"
        #expect(try canonical(text, Canonicalization(.exclusive10)) == expected)
        #expect(try canonical(text, Canonicalization(.inclusive10)) == expected)
    }

    @Test("takes of two declarations in scope the inner one")
    func hidden() throws {
        let text = #"<r xmlns:a="1" xmlns="2"><s xmlns:a="3" xmlns=""><t a:b=""/></s></r>"#
        #expect(
            try canonical(text, Canonicalization(.inclusive10), of: "r", "s", "t") == #"<t xmlns:a="3" a:b=""></t>"#
        )
    }

    @Test("writes declarations again after elements in between have ended")
    func siblings() throws {
        let text = #"<r xmlns:a="u"><a:x/><a:y><a:z/></a:y></r>"#
        #expect(
            try canonical(text, Canonicalization(.exclusive10))
                == #"<r><a:x xmlns:a="u"></a:x><a:y xmlns:a="u"><a:z></a:z></a:y></r>"#
        )
    }

    // libxml2 2.9.14 writes a bare ampersand here, so no differential test can see it.
    @Test("escapes namespace URIs like attribute values")
    func ampersand() throws {
        let text = #"<a xmlns='u&amp;v"&lt;&#9;ä'/>"#
        #expect(try canonical(text, Canonicalization(.inclusive10)) == #"<a xmlns="u&amp;v&quot;&lt;&#x9;ä"></a>"#)
    }

    @Test("leaves an omitted node out with all below it")
    func omitting() throws {
        let document = try scan("<a xmlns:p='u'>1<p:s><b><p:c/></b></p:s>2<p:d/></a>")
        let signature = try #require(document.firstElement("s", in: "u", of: document.root))
        let octets = document.canonicalOctets(of: document.root, by: Canonicalization(), omitting: signature)
        #expect(String(decoding: octets, as: UTF8.self) == #"<a>12<p:d xmlns:p="u"></p:d></a>"#)
        #expect(document.canonicalOctets(of: signature, by: Canonicalization(), omitting: signature).isEmpty)
    }

    @Test("comes in chunks that make up the whole")
    func chunks() throws {
        let long = String(repeating: "0123456789abcdef", count: 5000)
        let document = try scan("<a><b>\(long)</b>\(String(repeating: "<c d='1'/>&#13;", count: 5000))</a>")
        var octets: [UInt8] = []
        var chunkCount = 0
        document.canonicalize(document.root, by: Canonicalization()) { chunk in
            chunkCount += 1
            for index in chunk.indices { octets.append(chunk[index]) }
        }
        #expect(chunkCount > 3)
        let expected = "<a><b>\(long)</b>\(String(repeating: "<c d=\"1\"></c>&#xD;", count: 5000))</a>"
        #expect(octets == [UInt8](expected.utf8))
    }

    @Test("is named by its URI")
    func identifiers() {
        let known = [
            "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
            "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments",
            "http://www.w3.org/2001/10/xml-exc-c14n#", "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
        ]
        #expect(known.map { Canonicalization(uri: $0)?.uri } == known)
        #expect(known.map { Canonicalization(uri: $0)?.withComments } == [false, true, false, true])
        #expect(Canonicalization(uri: "http://www.w3.org/2001/10/xml-exc-c14n") == nil)
    }
}

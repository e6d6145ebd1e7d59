import Testing
import XML

@Suite("The canonical form")
struct CanonicalizationTests {
    private func canonical(_ text: String, _ method: Canonicalization, of path: [String] = []) throws -> String {
        let document = try XMLDocument(scanning: [UInt8](text.utf8))
        var node = NodeID.document
        for name in path {
            node = try #require(document.elements(in: node).first { document.name(of: $0).localName == name })
        }
        return String(decoding: document.canonicalOctets(of: node, by: method), as: UTF8.self)
    }

    @Test("has only the used declarations when it is exclusive")
    func exclusive() throws {
        let text =
            #"<a:r xmlns:a="u:a" xmlns:b="u:b" xmlns="u:d"><b:x xmlns:a="u:a" b:q='1' p="2"><a:y/><z/></b:x></a:r>"#
        #expect(
            try canonical(text, Canonicalization(.exclusive10), of: ["r", "x"])
                == #"<b:x xmlns:b="u:b" p="2" b:q="1"><a:y xmlns:a="u:a"></a:y><z xmlns="u:d"></z></b:x>"#
        )
        #expect(
            try canonical(text, Canonicalization(.exclusive10, inclusivePrefixes: ["a", "#default"]), of: ["r", "x"])
                == #"<b:x xmlns="u:d" xmlns:a="u:a" xmlns:b="u:b" p="2" b:q="1"><a:y></a:y><z></z></b:x>"#
        )
    }

    @Test("has all declarations in scope and inherits xml: attributes when it is inclusive")
    func inclusive() throws {
        let text = #"<a:r xmlns:a="u:a" xmlns="u:d" xml:lang="de"><x a:q='1' xmlns:c="u:c"><y xmlns=""/></x></a:r>"#
        #expect(
            try canonical(text, Canonicalization(.inclusive10), of: ["r", "x"])
                == #"<x xmlns="u:d" xmlns:a="u:a" xmlns:c="u:c" xml:lang="de" a:q="1"><y xmlns=""></y></x>"#
        )
    }
}

import Testing

@testable import XML

@Suite("The canonical form of an element, taken from that of its parent")
struct CopiedFormTests {
    private func copy(_ text: String, _ method: Canonicalization) throws -> (taken: String?, alone: String, whole: Bool)
    {
        let document = try scan(text)
        let part = try #require(document.onlyElement(in: document.root))
        var octets: [UInt8] = []
        let taken = document.canonicalize(document.root, by: method, copying: part) { octets.append($0) }
        return (
            taken.map { String(decoding: $0, as: UTF8.self) },
            String(decoding: document.canonicalOctets(of: part, by: method), as: UTF8.self),
            octets == document.canonicalOctets(of: document.root, by: method)
        )
    }

    @Test("is that of the element by itself, with the declarations that it then needs")
    func alone() throws {
        let text = """
            <s:B xmlns:s='urn:s' xmlns:a='urn:a' s:id='1'> before
            <a:x xmlns:b='urn:b' q='&lt;'><b:y/><a:z b:q='1'/><![CDATA[<]]><!-- c --></a:x> after <!-- d --></s:B>
            """
        for prefixes in [[], ["a"], ["s", "b", "#default"]] {
            let (taken, alone, whole) = try copy(text, Canonicalization(inclusivePrefixes: prefixes))
            #expect(taken == alone)
            #expect(whole)
        }
    }

    @Test("is not taken where the content leans on a declaration of the parent")
    func leaning() throws {
        for content in ["<a:x><s:y/></a:x>", "<a:x><y s:q='1'/></a:x>", "<a:x><s:y xmlns:s='urn:t'/></a:x>"] {
            let (taken, _, whole) = try copy(
                "<s:B xmlns:s='urn:s' xmlns:a='urn:a'>\(content)</s:B>",
                Canonicalization()
            )
            #expect(taken == nil)
            #expect(whole)
        }
    }

    @Test("is not taken by inclusive canonicalization, nor with a sibling")
    func refused() throws {
        let text = "<B xmlns:a='urn:a'><a:x/></B>"
        #expect(try copy(text, Canonicalization(.inclusive10)).taken == nil)
        let document = try scan("<B><x/><y/></B>")
        #expect(document.onlyElement(in: document.root) == nil)
    }

    @Test("of random documents it is that of the element, or not taken", arguments: [UInt64.random(in: 0...UInt64.max)])
    func random(seed: UInt64) throws {
        var generator = DocumentGenerator(seed: seed)
        var takenCount = 0
        for _ in 0..<3000 {
            let document = try scan(generator.document())
            for parent in document.descendants(of: .document) {
                guard let part = document.onlyElement(in: parent) else { continue }
                let prefixes = generator.chance(2) ? [] : ["a", "c", "#default"]
                let method = Canonicalization(withComments: generator.chance(2), inclusivePrefixes: prefixes)
                var octets: [UInt8] = []
                let taken = document.canonicalize(parent, by: method, copying: part) { octets.append($0) }
                #expect(octets == document.canonicalOctets(of: parent, by: method), "seed \(seed)")
                guard let taken else { continue }
                takenCount += 1
                #expect(taken == document.canonicalOctets(of: part, by: method), "seed \(seed)")
            }
        }
        #expect(takenCount > 100)
    }
}

import TestSupport
import Testing
import XML

@Suite("Content that lies in another document")
struct OutlyingContentTests {
    private static let seed: UInt64 = 0x0_17_1A

    private static let methods = [
        Canonicalization(), Canonicalization(withComments: true),
        Canonicalization(inclusivePrefixes: ["a", "b", "#default", "fresh"]), Canonicalization(.inclusive10),
        Canonicalization(.inclusive10, withComments: true),
    ]

    @Test("gives the canonical form of the whole, with an attribute of a new namespace on the element that lacks it")
    func equality() throws {
        print("seed \(Self.seed)")
        var generator = DocumentGenerator(seed: Self.seed)
        var compared = 0
        while compared < 400 {
            let original = try scan(generator.document())
            guard !original.isEmptyElementTag(original.root) else { continue }
            compared += 1
            let content = OutlyingContent(of: original.root, in: original)
            let identifier = Self.identifier(of: original)
            let whole = try XMLDocument(scanning: original.applying([identifier]))
            let gap = XMLEdit(range: original.contentRange(of: original.root), replacement: [])
            let hollow = try XMLDocument(scanning: original.applying([identifier, gap]))
            for method in Self.methods {
                var octets: [UInt8] = []
                hollow.canonicalize(hollow.root, by: method, with: content) { chunk in
                    chunk.withUnsafeBufferPointer { octets += $0 }
                }
                #expect(octets == whole.canonicalOctets(of: whole.root, by: method))
            }
            #expect(hollow.applying([Self.filling(hollow, with: content)]) == whole.octets)
        }
    }

    @Test("is known by the namespaces that its document declares")
    func declared() throws {
        let document = try scan("<a:x xmlns:a='urn:1'><b q='urn:2' xmlns='http://www.w3.org/2000/09/xmldsig#'/></a:x>")
        for name in ["urn:1", "http://www.w3.org/2000/09/xmldsig#"] { #expect(document.declares(name)) }
        for name in ["urn:2", "urn:3", "a", "", "http://www.w3.org/2001/04/xmlenc#"] {
            #expect(!document.declares(name))
        }
    }

    private static func identifier(of document: XMLDocument) -> XMLEdit {
        let prefix = document.prefix(of: document.root)
        let name = prefix + (prefix.isEmpty ? "" : ":") + document.name(of: document.root).localName
        let place = document.range(of: document.root).lowerBound + 1 + name.utf8.count
        return XMLEdit(inserting: Array(" xmlns:fresh=\"urn:fresh\" fresh:Id=\"a>b\"".utf8), at: place)
    }

    private static func filling(_ hollow: XMLDocument, with content: OutlyingContent) -> XMLEdit {
        XMLEdit(range: hollow.contentRange(of: hollow.root), replacement: content.octets)
    }
}

import Testing
import XML

@Suite("Relative namespace URIs")
struct RelativeNamespaceTests {
    @Test("are scanned, but have no canonical form", arguments: ["a", "../x", "//host/x", "#f", "1a:b", "a b:c", ":a"])
    func relative(uri: String) throws {
        let document = try scan("<r xmlns:p='urn:ok'>\n <q:s xmlns:q='\(uri)'/></r>")
        let error = #expect(throws: XMLError.self) { try document.checkCanonicalizable() }
        #expect(error == XMLError(.relativeNamespace(uri), at: 22))
    }

    @Test("are those without scheme, and no namespace is none", arguments: ["a:", "http://h", "urn:x", "a+-.1:x", ""])
    func absolute(uri: String) throws {
        let document = try scan("<r xmlns='\(uri)' xmlns:xml='http://www.w3.org/XML/1998/namespace'/>")
        #expect(throws: Never.self) { try document.checkCanonicalizable() }
    }
}

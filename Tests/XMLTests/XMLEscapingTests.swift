import Testing
import XML

@Suite("Escaping")
struct XMLEscapingTests {
    @Test("gives text that reads back the same and is canonical")
    func roundTrip() throws {
        let value = "a<b>&c\"'\t\n\r]]>ä🔑"
        let markup = "<a b=\"\(XMLEscaping.attribute(value))\">\(XMLEscaping.text(value))</a>"
        let document = try scan(markup)
        #expect(document.text(of: document.root) == value)
        #expect(document.attribute("b", of: document.root) == value)
        #expect(document.canonicalOctets(of: .document, by: Canonicalization()) == [UInt8](markup.utf8))
        #expect(XMLEscaping.text("plain") == "plain")
    }
}

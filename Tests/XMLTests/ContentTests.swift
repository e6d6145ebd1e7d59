import Testing
import XML

@Suite("Content for a place in a document")
struct ContentTests {
    private func error(_ content: String) throws -> XMLError? {
        let document = try scan("<a xmlns='d' xmlns:p='u&amp;v'><b xmlns:p='w' xmlns=''><c/></b></a>")
        let b = try #require(document.firstElement("b", in: "", of: document.root))
        let c = try #require(document.firstElement("c", in: "", of: b))
        do throws(XMLError) {
            try document.checkContent([UInt8](content.utf8), inPlaceOf: c)
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "may be any text and elements under the namespaces in scope",
        arguments: ["", "text", "<p:x/>1<y/>", "<!-- --><?p?>"]
    )
    func good(_ content: String) throws { #expect(try error(content) == nil) }

    @Test("must close what it opens and nothing else")
    func bad() throws {
        #expect(try error("</b>") == XMLError(.mismatchedEndTag(expected: "content"), at: 0))
        #expect(try error("</content><content>") == XMLError(.contentOutsideDocumentElement, at: 10))
        #expect(try error("<x>")?.kind == .mismatchedEndTag(expected: "x"))
        #expect(try error("12<q:x/>") == XMLError(.unboundPrefix("q"), at: 3))
        #expect(try error("<!DOCTYPE a>") == XMLError(.forbiddenDoctype, at: 0))
        #expect(try error("<!--")?.kind == .malformed(.comment) || error("<!--")?.kind == .unexpectedEnd(.comment))
    }
}

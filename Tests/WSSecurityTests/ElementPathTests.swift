import Foundation
import Testing
import WSSecurity

@Suite("A path to elements, and a part's text")
struct ElementPathTests {
    @Test(
        "is read from its text and written as it was",
        arguments: [
            "/Envelope/Body/{urn:order}Order", "/Envelope/Body/{http://a.example/x/y}A/{urn:b}B/C",
            "/Envelope/Header/{urn:order}Context/Price",
        ]
    )
    func texts(_ text: String) throws {
        let path = try #require(ElementPath(text))
        #expect(path.description == text)
        #expect(try JSONDecoder().decode(ElementPath.self, from: JSONEncoder().encode(path)) == path)
        #expect(MessagePart(text) == .element(path))
    }

    @Test("has one step a name, and slashes of namespaces separate nothing")
    func steps() {
        let path = ElementPath("/Envelope/Body/{http://a.example/x/y}A/C")
        #expect(path?.origin == .body)
        #expect(
            path?.steps == [
                ElementPath.Step(namespace: "http://a.example/x/y", localName: "A"),
                ElementPath.Step(namespace: "", localName: "C"),
            ]
        )
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "/", "/Envelope", "/Envelope/Body", "/Envelope/Body/", "/Envelope/Body//A", "/Envelope/Other/A",
            "/Envelope/Body/{urn:aA", "/Envelope/Body/{}A", "/Envelope/Body/{urn:a}", "/Envelope/Body/A[1]",
            "/Envelope/Body/*", "/Envelope/Body/a:B", "Envelope/Body/A", "//A", "/Envelope/Body/A B",
        ]
    )
    func malformed(_ text: String) throws {
        #expect(ElementPath(text) == nil)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ElementPath.self, from: JSONEncoder().encode(text))
        }
    }

    @Test("of a part is its description")
    func parts() {
        for part in MessagePart.worded + [.header(namespace: "urn:a/b", localName: "H")] {
            #expect(MessagePart(part.description) == part)
        }
        for text in ["", "header", "{urn:a}", "{}A", "{urn:a}B/C", "Order", "bodies"] {
            #expect(MessagePart(text) == nil)
        }
    }
}

import Testing

@testable import Messaging

@Suite struct MediaTypeTests {
    @Test func `The essence of a media type is compared without parameters and case`() {
        #expect(MediaType.essence("Text/XML; charset=utf-8") == "text/xml")
        #expect(MediaType.essence("") == "")
    }

    @Test func `The action is found where each SOAP version has it`() {
        #expect(MediaType.action(soapAction: "\"urn:a\"", contentType: "text/xml") == "urn:a")
        #expect(MediaType.action(soapAction: nil, contentType: "application/soap+xml; action=\"urn:b\"") == "urn:b")
        #expect(MediaType.action(soapAction: "\"\"", contentType: "text/xml") == nil)
    }

    @Test(
        "An action that could break out of a header field is dropped",
        arguments: ["a\r\nX: y", "a\"b", "a b", "\u{e9}"]
    )
    func hostile(action: String) {
        #expect(MediaType.action(soapAction: action, contentType: "") == nil)
    }
}

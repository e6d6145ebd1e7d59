import Testing
import WSSecurity

@Suite("Elements by path: every one that matches must be signed or encrypted, at its place")
struct ElementCoverageTests {
    private static let card =
        "<m:card xmlns:m=\"urn:o\" xmlns:wsu=\"\(WrappingTests.wsu)\" wsu:Id=\"card\">4711</m:card>"

    @Test("the element itself, or one round it, is signed")
    func signed() throws {
        let part = try MessagePart.element(#require(ElementPath("/Envelope/Body/{urn:o}order/{urn:o}card")))
        let policy = InboundPolicy(signed: [part], requiresTimestamp: false)
        let body = "<m:order xmlns:m=\"urn:o\">\(Self.card)</m:order>"
        for ids in [["card"], ["body"]] {
            let message = try Self.signed(body, over: ids)
            #expect(try HandMade.fault(message, policy) == nil)
            #expect(try HandMade.fault(message.replacing("4711", with: "4712"), policy)?.code == .failedCheck)
        }
        let result = try HandMade.process(Self.signed(body, over: ["card"]), policy)
        #expect(result.signatures.first?.parts == [part])
        #expect(try HandMade.fault(Self.signed(body, over: ["card"]), .signedBody)?.code == .invalidSecurity)
    }

    @Test("a second element that matches, a missing one, and the signed one at another place")
    func wrapped() throws {
        let part = try MessagePart.element(#require(ElementPath("/Envelope/Body/{urn:o}order/{urn:o}card")))
        var policy = InboundPolicy(signed: [part], requiresTimestamp: false)
        let message = try Self.signed("<m:order xmlns:m=\"urn:o\">\(Self.card)</m:order>", over: ["card"])
        let evil = "<m:card xmlns:m=\"urn:o\">EVIL</m:card>"
        for replacement in [
            Self.card + evil, evil + Self.card, "<m:x>\(Self.card)</m:x>", "<m:x>\(Self.card)</m:x>" + evil,
            "<m:card>\(Self.card)</m:card>",
        ] {
            let changed = message.replacing(Self.card, with: replacement)
            #expect(try HandMade.fault(changed, policy)?.code == .invalidSecurity, "\(replacement)")
        }
        let inHeader = message.replacing(Self.card, with: evil)
            .replacing("</s:Header>", with: Self.card + "</s:Header>")
        #expect(try HandMade.fault(inHeader, policy)?.code == .invalidSecurity)
        policy.signed = []
        policy.signedWherePresent = [part]
        #expect(try HandMade.fault(inHeader, policy)?.code == .invalidSecurity)
        #expect(try HandMade.fault(Self.signed("<m:order xmlns:m=\"urn:o\"/>", over: ["body"]), policy) == nil)
    }

    @Test("an encrypted element counts when all of it was")
    func encrypted() throws {
        let path = try #require(ElementPath("/Envelope/Body/{urn:test:order}Order"))
        let inner = try #require(ElementPath("/Envelope/Body/{urn:test:order}Order/{urn:test:order}item"))
        for element in [path, inner] {
            let policy = InboundPolicy(encrypted: [.element(element)])
            let message = String(decoding: try Fixtures.protected(order: .signThenEncrypt), as: UTF8.self)
            #expect(try Fixtures.fault(of: message, policy) == nil)
            let fault = try Fixtures.fault(of: Fixtures.signed(), policy)
            #expect(fault?.code == .invalidSecurity)
        }
    }

    private static func signed(_ body: String, over ids: [String]) throws -> String {
        let pair = try Fixtures.sender.get()
        return try HandMade.signed(
            HandMade.envelope("", body: body),
            over: ids,
            by: .pair(pair),
            keyInfo: HandMade.thumbprint(pair.certificate)
        )
    }
}

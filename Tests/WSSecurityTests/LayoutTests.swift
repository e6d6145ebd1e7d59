import Testing
import WSSecurity

@Suite("The Security header keeps the layout and the ids that the policy demands")
struct LayoutTests {
    @Test("timestamp first, timestamp last, strict, lax")
    func layouts() throws {
        let message = try Fixtures.signed()
        let timestamp = try #require(message.element("wsu:Timestamp"))
        let token = try #require(message.element("wsse:BinarySecurityToken"))
        let last = message.replacing(timestamp, with: "")
            .replacing("</wsse:Security>", with: timestamp + "</wsse:Security>")
        let late = message.replacing(token, with: "").replacing("</wsse:Security>", with: token + "</wsse:Security>")
        let cases: [(String, HeaderLayout, Bool)] = [
            (message, .strict, true), (message, .lax, true), (message, .laxTimestampFirst, true),
            (message, .laxTimestampLast, false), (last, .laxTimestampLast, true), (last, .laxTimestampFirst, false),
            (last, .strict, false), (last, .lax, true), (late, .strict, false), (late, .lax, true),
        ]
        for (text, layout, isFit) in cases {
            var policy = InboundPolicy()
            policy.layout = layout
            let fault = try Fixtures.fault(of: text, policy)
            #expect((fault == nil) == isFit, "\(layout)")
            #expect(fault == nil || fault?.code == .invalidSecurity)
        }
    }

    @Test("ids that are no XML name are refused, unless the policy allows them", arguments: ["1", "a:b", "{5}", "a b"])
    func foreignIdentifiers(_ id: String) throws {
        let pair = try Fixtures.sender.get()
        let envelope = HandMade.envelope("").replacing("wsu:Id=\"body\"", with: "wsu:Id=\"\(id)\"")
        let message = try HandMade.signed(
            envelope,
            over: [id],
            by: .pair(pair),
            keyInfo: HandMade.thumbprint(pair.certificate)
        )
        var policy = InboundPolicy.signedBody
        let code = try HandMade.fault(message, policy)?.code
        #expect(code == .invalidSecurity || code == .failedCheck)
        policy.allowsForeignIdentifiers = true
        #expect((try HandMade.fault(message, policy) == nil) == !id.contains(" "))
    }

    @Test("a header for another actor is left alone, whatever it holds, and stays in the envelope")
    func actors() throws {
        let other = "<o:Security xmlns:o=\"\(WrappingTests.wsse)\" s:actor=\"urn:next\"><x/></o:Security>"
        let pair = try Fixtures.sender.get()
        let signed = try HandMade.signed(
            HandMade.envelope("", blocks: other),
            by: .pair(pair),
            keyInfo: HandMade.thumbprint(pair.certificate)
        )
        let result = try HandMade.process(signed, .signedBody)
        #expect(String(decoding: result.envelope, as: UTF8.self).contains(other))
        var policy = InboundPolicy.signedBody
        policy.actor = "urn:next"
        #expect(try HandMade.fault(signed, policy)?.code == .unsupportedSecurityToken)
        policy.actor = "urn:third"
        #expect(try HandMade.fault(signed, policy)?.code == .invalidSecurity)
    }
}

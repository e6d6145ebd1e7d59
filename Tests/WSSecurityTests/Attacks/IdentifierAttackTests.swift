import Testing
import WSSecurity

@Suite("An id that two elements carry, under whatever names, is nothing that can be referred to")
struct IdentifierAttackTests {
    /// Elements that carry an id in one of the ways that stacks know.
    private static let carriers: [@Sendable (String) -> String] = [
        { "<x wsu:Id='\($0)'/>" }, { "<x Id='\($0)'/>" }, { "<x ID='\($0)'/>" }, { "<x xml:id='\($0)'/>" },
        { "<x AssertionID='\($0)'/>" }, { "<ds:Object Id='\($0)'/>" }, { "<x wsu:Id='z' Id='\($0)'/>" },
        { "<s:Assertion xmlns:s='urn:oasis:names:tc:SAML:1.0:assertion' AssertionID='\($0)'/>" },
        { "<s:Assertion xmlns:s='urn:oasis:names:tc:SAML:2.0:assertion' ID='\($0)'/>" },
        { "<e:EncryptedData xmlns:e='http://www.w3.org/2001/04/xmlenc#' Id='\($0)'/>" },
        { "<x wsu:Id='&#x\(String($0.utf8.first ?? 0, radix: 16));\($0.dropFirst())'/>" },
    ]

    @Test("the id of each signed part, before it and after it", arguments: 0..<3)
    func signedParts(_ index: Int) throws {
        let message = try Specimen().text
        let part = try #require(message.element(["soap:Body", "wsu:Timestamp", "wsa:MessageID"][index]))
        let id = try #require(part.value(of: "wsu:Id"))
        for carrier in Self.carriers {
            for changed in [
                message.inserting(carrier(id), before: "</soap:Header>"),
                message.inserting(carrier(id), after: "<soap:Header>"),
            ] {
                let fault = try #require(try Fixtures.fault(of: changed, Specimen.policy), "\(carrier(id))")
                #expect(fault.code == .invalidSecurity || fault.code == .failedCheck, "\(carrier(id)): \(fault)")
            }
        }
    }

    @Test("the id of the token that the signature names")
    func token() throws {
        let message = try Specimen().text
        let token = try #require(message.element("wsse:BinarySecurityToken"))
        let id = try #require(token.value(of: "wsu:Id"))
        for carrier in Self.carriers {
            let changed = message.inserting(carrier(id), after: "<soap:Header>")
            let fault = try #require(try Fixtures.fault(of: changed, Specimen.policy), "\(carrier(id))")
            #expect([.invalidSecurity, .securityTokenUnavailable].contains(fault.code), "\(fault)")
        }
    }

    @Test("the ids of wrapped key and encrypted data")
    func encrypted() throws {
        let message = try Specimen(EncryptionSettings()).text
        for name in ["xenc:EncryptedKey", "xenc:EncryptedData"] {
            let id = try #require(message.element(name)?.value(of: "Id"))
            for carrier in Self.carriers {
                let changed = message.inserting(carrier(id), after: "<soap:Header>")
                let fault = try #require(try Fixtures.fault(of: changed, Specimen.policy), "\(carrier(id))")
                #expect([.invalidSecurity, .failedCheck, .securityTokenUnavailable].contains(fault.code), "\(fault)")
            }
        }
    }

    @Test("two elements of the application with one Id: both may be there, but no signature can name them")
    func application() throws {
        let sender = try Fixtures.sender.get()
        let block = "<a:Block xmlns:a=\"urn:a\" Id=\"X\">good</a:Block>"
        let message = HandMade.envelope("", blocks: block)
        let signed = try HandMade.signed(
            message,
            over: ["body", "X"],
            by: .pair(sender),
            keyInfo: HandMade.thumbprint(sender.certificate)
        )
        #expect(try HandMade.fault(signed, .signedBody) == nil)
        let evil = block.replacing("good", with: "evil")
        for doubled in [block + evil, evil + block, block + block] {
            let fault = try HandMade.fault(signed.replacing(block, with: doubled), .signedBody)
            #expect(fault?.code == .failedCheck && fault?.cause.contains("or several, have this id") == true)
        }
        let unsigned = try HandMade.signed(
            HandMade.envelope("", blocks: block + evil),
            by: .pair(sender),
            keyInfo: HandMade.thumbprint(sender.certificate)
        )
        #expect(try HandMade.fault(unsigned, .signedBody) == nil)
    }

    @Test("an id that is no XML name, on any element, unless the policy allows it")
    func foreign() throws {
        let sender = try Fixtures.sender.get()
        for name in ["xml:id", "wsu:Id"] {
            let message = try HandMade.signed(
                HandMade.envelope("", blocks: "<x xmlns:wsu=\"\(WrappingTests.wsu)\" \(name)=\"1:x\"/>"),
                by: .pair(sender),
                keyInfo: HandMade.thumbprint(sender.certificate)
            )
            var policy = InboundPolicy.signedBody
            let fault = try HandMade.fault(message, policy)
            #expect(fault?.code == .invalidSecurity && fault?.cause.contains("NCName") == true)
            policy.allowsForeignIdentifiers = true
            #expect(try HandMade.fault(message, policy) == nil)
        }
    }
}

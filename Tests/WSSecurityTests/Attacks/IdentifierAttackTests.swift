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
}

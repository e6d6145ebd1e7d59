import TestSupport
import Testing
import WSSecurity

@Suite("Departures from WS-I Basic Security Profile 1.1 are told by the rule's number")
struct ProfileViolationTests {
    private static let base64 =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary"
    private static let x509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
    private static let exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"

    /// A child of `wsse:Security` that breaks one rule.
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: String
        let content: String

        init(_ rule: String, _ content: String) {
            self.rule = rule
            self.content = content
        }

        var testDescription: String { rule }
    }

    private static func timestamp(_ content: String) -> String { "<wsu:Timestamp>\(content)</wsu:Timestamp>" }
    private static func created(_ text: String) -> String { "<wsu:Created>\(text)</wsu:Created>" }
    private static func expires(_ text: String) -> String { "<wsu:Expires>\(text)</wsu:Expires>" }
    private static func reference(_ content: String) -> String {
        "<wsse:SecurityTokenReference>\(content)</wsse:SecurityTokenReference>"
    }
    private static func token(_ attributes: String) -> String {
        "<wsse:BinarySecurityToken \(attributes)>AAAA</wsse:BinarySecurityToken>"
    }
    private static let whole = "EncodingType=\"\(base64)\" ValueType=\"\(x509)\" wsu:Id=\"t\""
    private static func signature(
        method: String = "<ds:CanonicalizationMethod Algorithm=\"\(exclusive)\"/>",
        transforms: String = "<ds:Transforms><ds:Transform Algorithm=\"\(exclusive)\"/></ds:Transforms>",
        rest: String = ""
    ) -> String {
        "<ds:Signature><ds:SignedInfo>\(method)<ds:Reference URI=\"#b\">\(transforms)</ds:Reference></ds:SignedInfo>"
            + "\(rest)</ds:Signature>"
    }
    private static func key(_ attributes: String, _ content: String) -> String {
        "<xenc:EncryptedKey \(attributes)>\(content)</xenc:EncryptedKey>"
    }
    private static let moment = "2026-11-21T02:00:00Z"

    static let cases = [
        Case("R3203", timestamp(expires(moment))),
        Case("R3224", timestamp(created(moment) + expires(moment) + expires(moment))),
        Case("R3221", timestamp(expires(moment) + created(moment))),
        Case("R3222", timestamp(created(moment) + "<wsu:Other/>")),
        Case("R3220", timestamp(created("2026-11-21T02:00:00.1234Z"))),
        Case("R3229", timestamp(created(moment) + expires("2026-11-21T02:00:00.1234Z"))),
        Case("R3213", timestamp(created("2026-11-21T02:00:60Z"))),
        Case("R3215", timestamp(created(moment) + expires("2026-11-21T02:00:60Z"))),
        Case("R3217", timestamp(created("2026-11-21T02:00:00+01:00"))),
        Case("R3223", timestamp(created(moment) + expires("2026-11-21T02:00:00+01:00"))),
        Case("R3225", timestamp("<wsu:Created ValueType=\"x\">\(moment)</wsu:Created>")),
        Case("R3226", timestamp(created(moment) + "<wsu:Expires ValueType=\"x\">\(moment)</wsu:Expires>")),
        Case("R3227", timestamp(created(moment)) + timestamp(created(moment))),
        Case("R3204", "<wsse:A wsu:Id=\"a\"/><wsse:B wsu:Id=\"a\"/>"),
        Case("R5441", "<wsse11:SignatureConfirmation Value=\"AAAA\"/>"),
        Case("R3029", token("ValueType=\"\(x509)\"")),
        Case("R3030", token("EncodingType=\"hex\" ValueType=\"\(x509)\"")),
        Case("R3031", token("EncodingType=\"\(base64)\"")),
        Case("R3032", token("EncodingType=\"\(base64)\" ValueType=\"urn:own\"")),
        Case("R4201", "<wsse:UsernameToken><wsse:Password>p</wsse:Password></wsse:UsernameToken>"),
        Case("R4220", "<wsse:UsernameToken><wsse:Nonce>AAAA</wsse:Nonce></wsse:UsernameToken>"),
        Case("R4221", "<wsse:UsernameToken><wsse:Nonce EncodingType=\"x\">AAAA</wsse:Nonce></wsse:UsernameToken>"),
        Case("R4222", "<wsse:UsernameToken><wsse:Password/><wsse:Password/></wsse:UsernameToken>"),
        Case("R4223", "<wsse:UsernameToken><wsu:Created/><wsu:Created/></wsse:UsernameToken>"),
        Case("R4225", "<wsse:UsernameToken><wsse:Nonce/><wsse:Nonce/></wsse:UsernameToken>"),
        Case("R3061", reference("<wsse:Reference URI=\"#x\"/><wsse:Reference URI=\"#y\"/>")),
        Case("R3062", reference("<wsse:Reference/>")),
        Case("R3059", token(whole) + reference("<wsse:Reference URI=\"#t\"/>")),
        Case("R3058", token(whole) + reference("<wsse:Reference URI=\"#t\" ValueType=\"urn:other\"/>")),
        Case("R5205", reference("<wsse:Reference URI=\"#t\" ValueType=\"\(x509)\"/>") + token(whole)),
        Case("R3027", reference("<ds:KeyName>k</ds:KeyName>")),
        Case("R3054", reference("<wsse:KeyIdentifier EncodingType=\"\(base64)\">AAAA</wsse:KeyIdentifier>")),
        Case("R3070", reference("<wsse:KeyIdentifier ValueType=\"x\">AAAA</wsse:KeyIdentifier>")),
        Case(
            "R3071",
            reference("<wsse:KeyIdentifier ValueType=\"x\" EncodingType=\"y\">AAAA</wsse:KeyIdentifier>")
        ),
        Case("R3060", reference("<wsse:Embedded/>")),
        Case("R3056", reference("<wsse:Embedded>\(reference("<wsse:Reference URI=\"#x\"/>"))</wsse:Embedded>")),
        Case("R3069", key("Id=\"t\"", "") + reference("<wsse:Reference URI=\"#t\"/>")),
        Case("R5404", signature(method: "<ds:CanonicalizationMethod Algorithm=\"urn:other\"/>")),
        Case(
            "R5406",
            signature(
                method: "<ds:CanonicalizationMethod Algorithm=\"\(exclusive)\"><ec:InclusiveNamespaces/>"
                    + "</ds:CanonicalizationMethod>"
            )
        ),
        Case("R5416", signature(transforms: "")),
        Case("R5411", signature(transforms: "<ds:Transforms/>")),
        Case("R5423", signature(transforms: "<ds:Transforms><ds:Transform Algorithm=\"urn:other\"/></ds:Transforms>")),
        Case("R5412", signature(transforms: "<ds:Transforms><ds:Transform Algorithm=\"urn:other\"/></ds:Transforms>")),
        Case("R5402", signature(rest: "<ds:KeyInfo/>")),
        Case("R5417", signature(rest: "<ds:KeyInfo><ds:KeyName>k</ds:KeyName></ds:KeyInfo>")),
        Case("R5403", signature(rest: "<ds:Object><ds:Manifest/></ds:Object>")),
        Case("R5440", signature(rest: "<xenc:EncryptedData/>")),
        Case(
            "R5401",
            signature(
                method: "<ds:SignatureMethod Algorithm=\"urn:x\"><ds:HMACOutputLength>8</ds:HMACOutputLength>"
                    + "</ds:SignatureMethod>"
            )
        ),
        Case("R3209", key("Type=\"x\"", "")),
        Case("R5622", key("MimeType=\"x\"", "")),
        Case("R5623", key("Encoding=\"x\"", "")),
        Case("R5602", key("Recipient=\"x\"", "")),
        Case("R5603", key("", "")),
        Case("R3006", key("", "<xenc:ReferenceList><xenc:DataReference URI=\"#nothing\"/></xenc:ReferenceList>")),
        Case("R5608", "<xenc:ReferenceList><xenc:DataReference URI=\"#nothing\"/></xenc:ReferenceList>"),
        Case("R5601", "<xenc:EncryptedData Id=\"d\"/>"),
        Case("R5629", "<xenc:EncryptedData Id=\"d\"/>"),
        Case("R5424", "<xenc:EncryptedData><ds:KeyInfo/></xenc:EncryptedData>"),
        Case("R5620", "<xenc:EncryptedData><xenc:EncryptionMethod Algorithm=\"urn:gcm\"/></xenc:EncryptedData>"),
    ]

    @Test("Each broken rule is found, and is not found in a header without it", arguments: cases)
    func broken(_ broken: Case) throws {
        #expect(try rules(Self.envelope(broken.content)).contains(broken.rule))
        #expect(try rules(Self.envelope("")).isEmpty)
    }

    @Test("Two headers for one receiver, and encrypted data in the Header, are told")
    func headers() throws {
        let security = "<wsse:Security/>"
        #expect(try rules(Self.envelope("", beside: security)) == ["R3206"])
        let named = "<wsse:Security s:actor=\"a\"/>"
        #expect(try rules(Self.envelope("", beside: named + named)) == ["R3210"])
        #expect(try rules(Self.envelope("", beside: "<xenc:EncryptedData/>")).contains("R3228"))
        #expect(try rules(Self.envelope("", beside: "<wsse11:EncryptedHeader/>")).contains("R3230"))
    }

    @Test("Our own messages break no rule but those that know older algorithms only")
    func own() throws {
        let inspection = try MessageInspection(of: Fixtures.protected())
        #expect(inspection.violations.allSatisfy { $0.level == .outdated }, "\(inspection.violations)")
        #expect(inspection.violations.contains { $0.rule == "R5420" && $0.line > 0 })
    }

    private func rules(_ message: String) throws -> [String] {
        try MessageInspection(of: Array(message.utf8)).violations.map(\.rule)
    }

    private static func envelope(_ content: String, beside other: String = "") -> String {
        """
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" \
        xmlns:xenc="http://www.w3.org/2001/04/xmlenc#" xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" \
        xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" \
        xmlns:wsse11="http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd" \
        xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"><s:Header>\
        <wsse:Security>\(content)</wsse:Security>\(other)</s:Header><s:Body wsu:Id="b"/></s:Envelope>
        """
    }
}

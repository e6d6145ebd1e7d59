import TestSupport
import Testing
import WSSecurity

@Suite("WS-SecurityPolicy becomes settings, or names what it cannot be")
struct SecurityPolicyTests {
    @Test("a WSDL's policies apply to the messages that they are attached to")
    func attachment() throws {
        let policy = try SecurityPolicy(wsdl: orders(), subject: .init(operation: "place"))
        #expect(
            policy.request.signature?.parts == [
                .body, .header(namespace: "urn:example:routing", localName: "Route"), .timestamp,
            ]
        )
        #expect(policy.request.signature?.algorithm == .sha256)
        #expect(policy.request.signature?.digest == .sha256)
        #expect(policy.request.signature?.keyReference == .binarySecurityToken)
        #expect(policy.request.encryption?.parts == [.body])
        #expect(policy.request.encryption?.algorithm == .aes256GCM)
        #expect(policy.request.encryption?.keyReference == .issuerSerial)
        #expect(policy.request.layout == .strict)
        #expect(policy.request.hasTimestamp)
        #expect(!policy.request.confirmsSignatures)

        let account = try #require(
            ElementPath(
                from: .body,
                steps: [
                    .init(namespace: "urn:example:orders", localName: "Confirmation"),
                    .init(namespace: "urn:example:orders", localName: "Account"),
                ]
            )
        )
        #expect(policy.response.signature?.parts == [.body, .timestamp, .signatureConfirmation])
        #expect(policy.response.signature?.keyReference == .issuerSerial)
        #expect(policy.response.encryption?.parts == [])
        #expect(policy.response.encryption?.wholeParts == [.element(account)])
        #expect(policy.response.encryption?.keyReference == .thumbprint)
        #expect(policy.response.confirmsSignatures)
    }

    @Test("an operation without policies of its own gets the binding's: the timestamp is signed, nothing is encrypted")
    func bindingOnly() throws {
        let policy = try SecurityPolicy(wsdl: orders(), subject: .init(port: "OrdersPort", operation: "cancel"))
        #expect(policy.request.signature?.parts == [.timestamp])
        #expect(policy.request.encryption == nil)
    }

    @Test("an operation that is not named, or not there, is asked for by name")
    func subjects() throws {
        for subject in [SecurityPolicy.Subject(), .init(operation: "sell"), .init(port: "Other", operation: "place")] {
            #expect { try SecurityPolicy(wsdl: orders(), subject: subject) } throws: { error in
                if case SecurityPolicyError.ambiguousSubject(let cause) = error { !cause.isEmpty } else { false }
            }
        }
    }

    @Test("policies attached where they are not read are an error, not a demand that is dropped")
    func unreadAttachment() throws {
        let text = try text()
            .replacing(
                "<wsdl:message name=\"Order\"/>",
                with: "<wsdl:message name=\"Order\"><wsp:PolicyReference URI=\"#input\"/></wsdl:message>"
            )
        #expect { try SecurityPolicy(wsdl: Array(text.utf8), subject: .init(operation: "place")) } throws: { error in
            "\(error)".contains("message")
        }
    }

    @Test(
        "policies of Apache CXF are compiled when their old algorithms are allowed",
        arguments: [
            ("protect_token_policy_asym_x509_issuer_serial", [MessagePart.body, .signatureToken]),
            ("signed_parts_policy_body", [.body]),
            ("signed_parts_policy_header", [.header(namespace: "http://www.sdj.pl", localName: "Header")]),
        ]
    )
    func cxf(name: String, parts: [MessagePart]) throws {
        let octets = try Vectors.octets("policies/cxf/\(name).xml")
        #expect(throws: SecurityPolicyError.legacyAlgorithm(.sha1, suite: "Basic256")) {
            try SecurityPolicy(policy: octets)
        }
        let policy = try SecurityPolicy(policy: octets, allowing: [.sha1])
        #expect(policy.request.signature?.parts == parts)
        #expect(policy.request.signature?.keyReference == .issuerSerial)
        #expect(policy.request.signature?.digest == .sha1)
        #expect(policy.response.signature?.parts == parts)
        #expect(policy.request.encryption == nil)
    }

    @Test("a transport binding with a client's certificate asks nothing of the header")
    func transport() throws {
        let policy = try SecurityPolicy(policy: Vectors.octets("policies/cxf/transport_binding_policy.xml"))
        #expect(policy.request.transport == .tlsWithClientCertificate)
        #expect(policy.request.signature == nil)
        #expect(!policy.request.hasTimestamp)
    }

    @Test(
        "what is not understood is named",
        arguments: [
            ("cxf/signed_parts_policy_header_namespace_only", "SignedParts"),
            ("cxf/signed_elements_policy", "SignedElements"),
            ("cxf/encrypted_parts_policy_body", "SymmetricBinding"),
            ("rampart/scenario5", "SignedParts"),
        ]
    )
    func unsupported(file: String, assertion: String) throws {
        let octets = try Vectors.octets("policies/\(file).xml")
        #expect { try SecurityPolicy(policy: octets, allowing: Set(LegacyAlgorithm.allCases)) } throws: { error in
            if case SecurityPolicyError.unsupportedAssertion(let name, _) = error {
                name.hasSuffix("}" + assertion)
            } else {
                false
            }
        }
    }

    @Test("a vendor's configuration in a policy is named")
    func vendorAssertion() throws {
        let text = try String(decoding: Vectors.octets("policies/rampart/scenario5.xml"), as: UTF8.self)
            .replacing("<sp:Header", with: "<sp:Header Name=\"To\"")
        #expect { try SecurityPolicy(policy: Array(text.utf8), allowing: Set(LegacyAlgorithm.allCases)) } throws: {
            error in
            if case SecurityPolicyError.unsupportedAssertion(let name, _) = error {
                name.hasSuffix("}RampartConfig")
            } else {
                false
            }
        }
    }

    @Test("of alternatives the first that is understood is taken")
    func alternatives() throws {
        let policy = try compiled(
            "<wsp:ExactlyOne><sp:SymmetricBinding/>\(asymmetric("<sp:Basic128Sha256/>"))</wsp:ExactlyOne>\(body)"
        )
        #expect(policy.request.signature?.parts == [.body])
        #expect(throws: SecurityPolicyError.self) {
            try compiled("<wsp:ExactlyOne><sp:SymmetricBinding/></wsp:ExactlyOne>")
        }
        #expect(throws: SecurityPolicyError.contradictory("it has no alternative")) {
            try compiled("<wsp:ExactlyOne/>")
        }
    }

    @Test("an optional assertion that is not understood is left out; one that is not optional is not")
    func optional() throws {
        let unknown = "<x:Unknown xmlns:x=\"urn:example:x\""
        let rest = asymmetric("<sp:Basic256Sha256/>") + body
        #expect(try compiled("\(unknown) wsp:Optional=\"true\"/>" + rest).request.signature != nil)
        #expect(
            throws: SecurityPolicyError.unsupportedAssertion(
                name: "{urn:example:x}Unknown",
                reason: "it is not understood"
            )
        ) {
            try compiled("\(unknown)/>" + rest)
        }
    }

    @Test("nested choices that multiply are refused before they are written out")
    func explosion() {
        let choice = "<wsp:ExactlyOne><sp:Wss10/><sp:Wss11/></wsp:ExactlyOne>"
        #expect(throws: SecurityPolicyError.limitExceeded("more than 64 alternatives")) {
            try compiled(String(repeating: choice, count: 40))
        }
    }

    @Test("policies that refer to themselves end")
    func recursion() {
        let octets = Array("<wsp:Policy \(namespaces) wsu:Id=\"p\"><wsp:PolicyReference URI=\"#p\"/></wsp:Policy>".utf8)
        #expect(throws: SecurityPolicyError.self) { try SecurityPolicy(policy: octets) }
    }

    @Test("a document that is no policy, or has a DOCTYPE, is malformed")
    func malformed() {
        for text in ["<a/>", "<!DOCTYPE a [<!ENTITY x \"y\">]><wsp:Policy \(namespaces)/>", "<wsp:Policy"] {
            #expect { try SecurityPolicy(policy: Array(text.utf8)) } throws: { error in
                if case SecurityPolicyError.malformed = error { true } else { false }
            }
        }
    }

    @Test(
        "supporting tokens: the user is signed and encrypted with the message, the endorsing certificate signs its signature"
    )
    func supportingTokens() throws {
        let tokens =
            "<sp:SignedEncryptedSupportingTokens><wsp:Policy><sp:UsernameToken><wsp:Policy><sp:HashPassword/></wsp:Policy>"
            + "</sp:UsernameToken></wsp:Policy></sp:SignedEncryptedSupportingTokens><sp:EndorsingSupportingTokens>"
            + "<wsp:Policy>\(x509)</wsp:Policy></sp:EndorsingSupportingTokens>"
        let policy = try compiled(asymmetric("<cxf:Basic128GCMSha256/>") + body + tokens)
        #expect(policy.request.signature?.parts == [.body, .usernameToken])
        #expect(policy.request.encryption?.parts == [.usernameToken])
        #expect(policy.request.user == .init(isHashed: true, hasNonce: true, hasCreated: true))
        #expect(policy.request.endorsement?.parts == [.signature])
        #expect(policy.response.user == nil)
        #expect(policy.response.endorsement == nil)
        #expect(policy.response.signature?.parts == [.body])
    }

    private func orders() throws -> [UInt8] { try Vectors.octets("policies/own/orders.wsdl") }

    private func text() throws -> String { try String(decoding: orders(), as: UTF8.self) }

    private func compiled(_ assertions: String) throws -> SecurityPolicy {
        try SecurityPolicy(policy: Array("<wsp:Policy \(namespaces)>\(assertions)</wsp:Policy>".utf8))
    }

    private let namespaces =
        "xmlns:wsp=\"http://www.w3.org/ns/ws-policy\" xmlns:sp=\"http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702\""
        + " xmlns:cxf=\"http://cxf.apache.org/custom/security-policy\""
        + " xmlns:wsu=\"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd\""

    private let body = "<sp:SignedParts><sp:Body/></sp:SignedParts>"
    private let x509 = "<sp:X509Token><wsp:Policy><sp:WssX509V3Token11/></wsp:Policy></sp:X509Token>"

    private func asymmetric(_ suite: String) -> String {
        "<sp:AsymmetricBinding><wsp:Policy><sp:InitiatorToken><wsp:Policy>\(x509)</wsp:Policy></sp:InitiatorToken>"
            + "<sp:RecipientToken><wsp:Policy>\(x509)</wsp:Policy></sp:RecipientToken>"
            + "<sp:AlgorithmSuite><wsp:Policy>\(suite)</wsp:Policy></sp:AlgorithmSuite></wsp:Policy></sp:AsymmetricBinding>"
    }
}

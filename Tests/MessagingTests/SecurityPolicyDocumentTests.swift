import Messaging
import TestSupport
import Testing
import WSSecurity

@Suite struct SecurityPolicyDocumentTests {
    @Test func `The settings of a policy are read back as the settings that it was compiled into`() throws {
        let policy = try policy()
        let flow = try flow(initiator: policy, recipient: policy)
        let sent = flow.receiver.request
        #expect(sent.signature == policy.request.signature)
        #expect(sent.encryption == policy.request.encryption)
        #expect(sent.layout == policy.request.layout && sent.order == policy.request.order)
        let answered = try #require(flow.sender.response)
        #expect(answered.signature == policy.response.signature)
        #expect(answered.encryption == policy.response.encryption)
        for (taken, message) in [(flow.sender.request, policy.request), (flow.receiver.response, policy.response)] {
            let demands = try #require(taken).demands
            let encryption = try #require(message.encryption)
            #expect(demands.signed == Set(message.signature?.parts ?? []))
            #expect(demands.encrypted == Set(encryption.parts).union(encryption.wholeParts))
            #expect(demands.digestAlgorithms == [.sha256] && demands.encryptionAlgorithms == [encryption.algorithm])
            #expect(demands.requiresTimestamp && demands.layout == .strict && demands.order == .signThenEncrypt)
        }
    }

    @Test func `Confirmations, endorsements and users are settings too`() throws {
        let policy = try policy(supporting: Self.supportingTokens)
        #expect(policy.response.confirmsSignatures && policy.request.endorsement != nil && policy.request.user != nil)
        let flow = try flow(initiator: policy, recipient: policy)
        #expect(flow.receiver.request.endorsement.parts == policy.request.endorsement?.parts)
        #expect(flow.receiver.request.endorsement.keyReference == policy.request.endorsement?.keyReference)
        #expect(flow.receiver.request.endorse.count == 1 && flow.sender.request.endorse.count == 1)
        #expect(flow.receiver.request.user?.credential == "NAME" && flow.sender.request.users == ["NAME"])
        #expect(flow.receiver.response?.confirmsSignatures == true && flow.sender.response?.confirmsSignatures == true)
    }

    private static let supportingTokens = """
        <sp:SignedEncryptedSupportingTokens><wsp:Policy><sp:UsernameToken><wsp:Policy><sp:HashPassword/>\
        </wsp:Policy></sp:UsernameToken></wsp:Policy></sp:SignedEncryptedSupportingTokens>\
        <sp:EndorsingSupportingTokens><wsp:Policy><sp:X509Token><wsp:Policy><sp:WssX509V3Token11/>\
        <sp:RequireThumbprintReference/></wsp:Policy></sp:X509Token></wsp:Policy></sp:EndorsingSupportingTokens>
        """

    /// The policy of the vectors, with more tokens.
    private func policy(supporting tokens: String = "") throws -> SecurityPolicy {
        let text = try String(decoding: Vectors.octets("policies/own/orders.wsdl"), as: UTF8.self)
            .replacing("</sp:Wss11>", with: "</sp:Wss11>" + tokens)
        return try SecurityPolicy(wsdl: Array(text.utf8), subject: .init(operation: "place"))
    }

    private func flow(initiator: SecurityPolicy, recipient: SecurityPolicy) throws -> IntegrationFlow {
        let receiver = SecurityPolicyDocument(initiator, side: .initiator).yaml
        let sender = SecurityPolicyDocument(recipient, side: .recipient).yaml
        let yaml =
            "id: orders\npattern: requestReply\n"
            + sender.replacing("sender:\n", with: "sender:\n  partner: contoso\n  path: /in/orders\n")
            + receiver.replacing(
                "receiver:\n",
                with: "receiver:\n  partner: northwind\n  url: https://northwind.example/\n"
            )
        return try IntegrationFlow(
            yaml: yaml.replacing("ALIAS", with: "some-key").replacing("ENDORSER", with: "other-key")
        )
    }
}

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

    @Test func `What flow settings cannot say is named`() throws {
        let policy = try SecurityPolicy(
            wsdl: Vectors.octets("policies/own/orders.wsdl"),
            subject: .init(operation: "place")
        )
        #expect {
            try SecurityPolicyDocument(policy, side: .initiator)
        } throws: { error in
            "\(error)".contains("RequireSignatureConfirmation")
        }
    }

    /// The policy of the vectors without the confirmation, which flows do not have.
    private func policy() throws -> SecurityPolicy {
        let text = try String(decoding: Vectors.octets("policies/own/orders.wsdl"), as: UTF8.self)
            .replacing("<sp:RequireSignatureConfirmation/>", with: "")
        return try SecurityPolicy(wsdl: Array(text.utf8), subject: .init(operation: "place"))
    }

    private func flow(initiator: SecurityPolicy, recipient: SecurityPolicy) throws -> IntegrationFlow {
        let receiver = try SecurityPolicyDocument(initiator, side: .initiator).yaml
        let sender = try SecurityPolicyDocument(recipient, side: .recipient).yaml
        let yaml =
            "id: orders\npattern: requestReply\n"
            + sender.replacing("sender:\n", with: "sender:\n  partner: contoso\n  path: /in/orders\n")
            + receiver.replacing(
                "receiver:\n",
                with: "receiver:\n  partner: northwind\n  url: https://northwind.example/\n"
            )
        return try IntegrationFlow(yaml: yaml.replacing("ALIAS", with: "some-key"))
    }
}

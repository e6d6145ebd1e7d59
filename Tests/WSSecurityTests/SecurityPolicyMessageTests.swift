import Cryptography
import FoundationEssentials
import TestSupport
import Testing
import WSSecurity

@Suite("Messages protected by a policy meet the policy")
struct SecurityPolicyMessageTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    @Test("whether they have the header block that is signed where it is present, or not", arguments: [true, false])
    func optionalHeader(isPresent: Bool) throws {
        let (message, processed) = try exchange(hasRoute: isPresent)
        let route = MessagePart.header(namespace: "urn:example:routing", localName: "Route")
        #expect(processed.signatures.first?.parts.contains(route) == isPresent)
        #expect(processed.signatures.first?.parts.contains(.body) == true)
        #expect(!String(decoding: message, as: UTF8.self).contains("urn:example:orders"))
    }

    @Test("a header block that was added on the way, or that is not signed, is refused")
    func unsignedHeader() throws {
        let parties = try Parties(now: now)
        let text = try String(decoding: parties.message(hasRoute: false, now: now), as: UTF8.self)
            .replacing("</s:Header>", with: "<r:Route xmlns:r=\"urn:example:routing\">evil</r:Route></s:Header>")
        #expect(throws: SecurityFault.self) { try parties.processed(Array(text.utf8), now: now) }
    }

    @Test("keys that the policy needs are asked for")
    func missingKeys() throws {
        let parties = try Parties(now: now)
        #expect { try parties.policy.request.protection(with: .init()) } throws: { error in
            if case SecurityPolicyError.contradictory(let cause) = error {
                cause.contains("key to sign with")
            } else {
                false
            }
        }
    }

    private func exchange(hasRoute: Bool) throws -> (message: [UInt8], processed: ProcessedMessage) {
        let parties = try Parties(now: now)
        let message = try parties.message(hasRoute: hasRoute, now: now)
        return (message, try parties.processed(message, now: now))
    }
}

/// Both ends of the policy of the vectors.
private struct Parties {
    let policy: SecurityPolicy
    let initiator: SigningCredential
    let recipient: DecryptionKey

    init(now: Date) throws {
        policy = try SecurityPolicy(
            wsdl: Vectors.octets("policies/own/orders.wsdl"),
            subject: .init(operation: "place")
        )
        let (signing, decrypting) = (try PrivateKey.generate(.rsa2048), try PrivateKey.generate(.rsa2048))
        let validity = (now - 60, now + 86_400)
        initiator = try SigningCredential(
            key: signing,
            certificate: .selfSigned(key: signing, subject: "CN=initiator", notBefore: validity.0, notAfter: validity.1)
        )
        recipient = try DecryptionKey(
            certificate: .selfSigned(
                key: decrypting,
                subject: "CN=recipient",
                notBefore: validity.0,
                notAfter: validity.1
            ),
            key: decrypting
        )
    }

    func message(hasRoute: Bool, now: Date) throws -> [UInt8] {
        let keys = MessageSecurity.Keys(signing: initiator, recipient: recipient.certificate)
        let route = hasRoute ? "<r:Route xmlns:r=\"urn:example:routing\">north</r:Route>" : ""
        let envelope =
            "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Header>\(route)</s:Header>"
            + "<s:Body><o:Order xmlns:o=\"urn:example:orders\"/></s:Body></s:Envelope>"
        return try MessageProtector(policy.request.protection(with: keys)).protect(Array(envelope.utf8), now: now)
    }

    func processed(_ message: [UInt8], now: Date) throws -> ProcessedMessage {
        let keys = StaticTrustedKeys(verifying: [initiator.certificate], decrypting: [recipient])
        return try MessageProcessor(policy: policy.request.inboundPolicy(), keys: keys)
            .process(message, receivedAt: now)
    }
}

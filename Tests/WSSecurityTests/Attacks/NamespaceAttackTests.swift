import Cryptography
import Testing
import WSSecurity
import XMLEncryption

@Suite("Names in content that is decrypted under a signature mean what they meant to the signer")
struct NamespaceAttackTests {
    /// An envelope whose prefixes are all bound on it, with an order that has no namespace.
    private static let plain = String(decoding: Specimen.plain, as: UTF8.self)
        .replacing(/<soap:Body>[^$]*<\/soap:Body>/, with: "<soap:Body><order><card>4711</card></order></soap:Body>")

    private static func message(_ order: ProtectionOrder) throws -> String {
        let octets = try Fixtures.protected(Array(plain.utf8), SignatureSettings(), EncryptionSettings(), order: order)
        return String(decoding: octets, as: UTF8.self)
    }

    @Test("a default namespace that is bound outside of the signed ciphertext", arguments: ProtectionOrder.allCases)
    func defaultNamespace(order: ProtectionOrder) throws {
        let message = try Self.message(order)
        let policy = InboundPolicy(encrypted: [.body])
        #expect(try Fixtures.fault(of: message, policy) == nil)
        let changed = message.replacing("<soap:Envelope ", with: "<soap:Envelope xmlns=\"urn:evil\" ")
        #expect(changed != message)
        let fault = try #require(try Fixtures.fault(of: changed, policy))
        #expect(fault.code == .failedCheck && fault.outward.code == .failedCheck)
        if order == .encryptThenSign { #expect(fault.cause.contains("namespaces that the signature")) }
    }

    @Test("the same in a message that is processed as a stream")
    func streamed() throws {
        let message = try Self.message(.encryptThenSign)
        let changed = message.replacing("<soap:Envelope ", with: "<soap:Envelope xmlns=\"urn:evil\" ")
        let policy = InboundPolicy(encrypted: [.body])
        _ = try HandMade.streamed(message, policy, Fixtures.keys())
        #expect(throws: LargeMessageError.self) { try HandMade.streamed(changed, policy, Fixtures.keys()) }
    }

    @Test("the same where the signature covers the encrypted data of an element alone: it does not count as signed")
    func element() throws {
        let sender = try Fixtures.sender.get()
        let path = try #require(ElementPath("/Envelope/Body/{urn:test:order}Order"))
        let order = "<m:Order xmlns:m=\"urn:test:order\"><card>4711</card></m:Order>"
        let (key, content) = try Sealed.content(order)
        let data = content.replacing(Sealed.xenc + "Content", with: Sealed.xenc + "Element")
        let signed = try HandMade.signed(
            HandMade.envelope("", body: data),
            over: ["ED"],
            by: .pair(sender),
            keyInfo: HandMade.thumbprint(sender.certificate)
        )
        let message = signed.replacing("</wsse:Security>", with: key + "</wsse:Security>")
        let policy = InboundPolicy(signed: [.element(path)], encrypted: [.element(path)], requiresTimestamp: false)
        #expect(try HandMade.fault(message, policy) == nil)
        let changed = message.replacing("<s:Envelope ", with: "<s:Envelope xmlns=\"urn:evil\" ")
        let fault = try #require(try HandMade.fault(changed, policy))
        #expect(fault.code == .invalidSecurity && fault.cause.contains("not covered by a signature"), "\(fault)")
    }
}

import Cryptography
import Foundation
import Testing
import WSSecurity
import XML

@Suite("A message is encrypted as the settings say")
struct WrittenEncryptionTests {
    private static let body = """
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><o:Context xmlns:o="urn:o" s:mustUnderstand="1" \
        s:actor="urn:desk">secret</o:Context></s:Header><s:Body><o:Order xmlns:o="urn:o"><o:Card>1</o:Card><o:Card>2</o:Card>\
        </o:Order></s:Body></s:Envelope>
        """
    private static let context = MessagePart.header(namespace: "urn:o", localName: "Context")

    private static func card() throws -> MessagePart {
        .element(try #require(ElementPath("/Envelope/Body/{urn:o}Order/{urn:o}Card")))
    }

    private static func written(
        _ encryption: EncryptionSettings,
        signing: SignatureSettings? = SignatureSettings(),
        order: ProtectionOrder = .signThenEncrypt,
        layout: HeaderLayout = .strict,
        further: [Certificate] = []
    ) throws -> WrittenMessage {
        var protection = try Fixtures.protection(signing ?? SignatureSettings(), encryption, order: order)
        if signing == nil { protection.signature = nil }
        protection.layout = layout
        protection.furtherRecipients = further
        return try WrittenMessage(MessageProtector(protection).protect(Array(body.utf8), now: Fixtures.now))
    }

    private static func processed(_ message: WrittenMessage, _ policy: InboundPolicy) throws -> ProcessedMessage {
        try Fixtures.process(message.document.octets, policy)
    }

    @Test("a header block in an EncryptedHeader for the block's actor", arguments: ProtectionOrder.allCases)
    func encryptedHeader(_ order: ProtectionOrder) throws {
        let signing = SignatureSettings(parts: [.body, .timestamp, Self.context])
        let message = try Self.written(EncryptionSettings(wholeParts: [Self.context]), signing: signing, order: order)
        let header = try #require(message.first("EncryptedHeader"))
        let soap = "http://schemas.xmlsoap.org/soap/envelope/"
        #expect(message.path(of: header) == ["Envelope", "Header", "EncryptedHeader"])
        #expect(message.document.attribute("mustUnderstand", in: soap, of: header) == "1")
        #expect(message.document.attribute("actor", in: soap, of: header) == "urn:desk")
        #expect(message.all("EncryptedData").count == 2)
        #expect(
            message.attribute("Type", of: message.document.elements(in: header).first { _ in true })?
                .hasSuffix("#Element") == true
        )
        #expect(!String(decoding: message.document.octets, as: UTF8.self).contains("secret"))
        var policy = InboundPolicy(signed: [.body, .timestamp, Self.context], encrypted: [.body, Self.context])
        policy.order = order
        let result = try Self.processed(message, policy)
        #expect(String(decoding: result.envelope, as: UTF8.self).contains("secret</o:Context>"))
    }

    @Test("elements by their path, whole or by their content")
    func elements() throws {
        let whole = try Self.written(EncryptionSettings(parts: [], wholeParts: [try Self.card()]), signing: nil)
        #expect(whole.children == ["Timestamp", "EncryptedKey"])
        #expect(
            whole.all("EncryptedData").map { whole.path(of: $0).suffix(2) } == [
                ["Order", "EncryptedData"], ["Order", "EncryptedData"],
            ]
        )
        let content = try Self.written(EncryptionSettings(parts: [try Self.card()]), signing: nil)
        #expect(
            content.all("EncryptedData").map { content.path(of: $0).suffix(2) } == [
                ["Card", "EncryptedData"], ["Card", "EncryptedData"],
            ]
        )
        for message in [whole, content] {
            let policy = InboundPolicy(signed: [], encrypted: [try Self.card()])
            let result = try Self.processed(message, policy)
            let order = "<o:Order xmlns:o=\"urn:o\"><o:Card>1</o:Card><o:Card>2</o:Card></o:Order>"
            #expect(String(decoding: result.body, as: UTF8.self) == order)
        }
    }

    @Test("an element that is signed once it is encrypted, by the id of its data")
    func signedCiphertext() throws {
        let card = try Self.card()
        let settings = EncryptionSettings(parts: [], wholeParts: [card])
        let message = try Self.written(
            settings,
            signing: SignatureSettings(parts: [card, .timestamp]),
            order: .encryptThenSign
        )
        #expect(message.targets() == ["EncryptedData", "EncryptedData", "Timestamp"])
        #expect(try Self.processed(message, InboundPolicy(signed: [.timestamp])).signatures.count == 1)
        let hidden = EncryptionSettings()
        #expect(throws: SecurityFault.self) {
            try Self.written(hidden, signing: SignatureSettings(parts: [card]), order: .encryptThenSign)
        }
    }

    @Test("the signature and its token, behind the wrapped key")
    func encryptedSignature() throws {
        let settings = EncryptionSettings(parts: [.body], wholeParts: [.signature, .signatureToken])
        let message = try Self.written(settings)
        #expect(message.children == ["Timestamp", "EncryptedKey", "EncryptedData", "EncryptedData"])
        #expect(message.first("Signature") == nil)
        let result = try Self.processed(message, InboundPolicy(encrypted: [.body]))
        #expect(result.signatures.map(\.parts) == [[.body, .timestamp]])
        for part in [MessagePart.signature, .signatureToken] {
            #expect(throws: SecurityFault.self) {
                try Self.written(EncryptionSettings(wholeParts: [part]), order: .encryptThenSign)
            }
        }
    }

    @Test("with the wrapped key where the settings put it", arguments: EncryptedKeyPlacement.allCases)
    func placements(_ placement: EncryptedKeyPlacement) throws {
        let settings = EncryptionSettings(keyPlacement: placement, wholeParts: [Self.context])
        let message = try Self.written(settings, signing: nil)
        let list = try #require(message.first("ReferenceList"))
        let key = try #require(message.first("EncryptedKey"))
        switch placement {
        case .header:
            #expect(message.children == ["Timestamp", "EncryptedKey"])
            #expect(message.document.parent(of: list) == key)
        case .separateReferenceList:
            #expect(message.children == ["Timestamp", "EncryptedKey", "ReferenceList"])
        case .encryptedData:
            #expect(message.children == ["Timestamp", "ReferenceList"])
            #expect(message.path(of: key).suffix(3) == ["EncryptedData", "KeyInfo", "EncryptedKey"])
            #expect(message.all("EncryptedKey").count == 2)
        }
        #expect(message.children(of: "ReferenceList") == ["DataReference", "DataReference"])
        let policy = InboundPolicy(signed: [], encrypted: [.body, Self.context])
        #expect(try Self.processed(message, policy).decryptions.first?.parts.isEmpty == false)
    }

    @Test("for several recipients, each with a wrapped key that names all the data")
    func recipients() throws {
        let second = try Fixtures.Pair.made(.rsa2048, "CN=second receiver")
        let message = try Self.written(EncryptionSettings(wholeParts: [Self.context]), further: [second.certificate])
        #expect(message.children.filter { $0 == "EncryptedKey" }.count == 2)
        #expect(message.all("DataReference").count == 4)
        #expect(
            message.all("EncryptedData")
                .allSatisfy { data in
                    !message.document.elements(in: data)
                        .contains { message.document.name(of: $0).localName == "KeyInfo" }
                }
        )
        for recipient in [second, try Fixtures.receiver.get()] {
            let keys = StaticTrustedKeys(
                verifying: [try Fixtures.sender.get().certificate],
                decrypting: [recipient.decryption]
            )
            let policy = InboundPolicy(encrypted: [.body, Self.context])
            let result = try MessageProcessor(policy: policy, keys: keys)
                .process(message.document.octets, receivedAt: Fixtures.now)
            #expect(result.decryptions.map(\.certificate) == [recipient.certificate])
        }
        #expect(throws: SecurityFault.self) {
            try Self.written(EncryptionSettings(keyPlacement: .separateReferenceList), further: [second.certificate])
        }
    }

    @Test(
        "but not what cannot be",
        arguments: [
            (EncryptionSettings(parts: [], wholeParts: [.body]), "content"),
            (EncryptionSettings(parts: [.timestamp]), "timestamp"),
            (EncryptionSettings(parts: [.body], wholeParts: [.timestamp]), "timestamp"),
            (EncryptionSettings(parts: []), "no part"),
            (EncryptionSettings(wholeParts: [.usernameToken]), "usernameToken"),
            (EncryptionSettings(parts: [context], wholeParts: [context]), "within one another"),
        ]
    )
    func refused(_ settings: EncryptionSettings, _ word: String) throws {
        let fault = #expect(throws: SecurityFault.self) { try Self.written(settings) }
        #expect(fault?.code == .cannotProtect)
        #expect(fault?.cause.contains(word) == true)
    }

    @Test("nor parts that lie within one another")
    func nested() throws {
        let settings = EncryptionSettings(parts: [.body], wholeParts: [try Self.card()])
        let fault = #expect(throws: SecurityFault.self) { try Self.written(settings) }
        #expect(fault?.cause.contains("within one another") == true)
    }

    @Test("and what is not touched stays octet for octet")
    func untouched() throws {
        let message = try Self.written(EncryptionSettings(parts: [], wholeParts: [try Self.card()]), signing: nil)
        let text = String(decoding: message.document.octets, as: UTF8.self)
        let context = "<o:Context xmlns:o=\"urn:o\" s:mustUnderstand=\"1\" s:actor=\"urn:desk\">secret</o:Context>"
        #expect(text.contains(context))
        #expect(text.contains("<s:Body><o:Order xmlns:o=\"urn:o\"><xenc:EncryptedData"))
        #expect(text.hasSuffix("</o:Order></s:Body></s:Envelope>"))
    }
}

import Cryptography
import Testing
import WSSecurity
import XMLEncryption

@Suite("What decrypts to forbidden XML is refused, and looks like any other failure")
struct HostilePlaintextTests {
    @Test(
        "content that leaves its place or breaks the rules",
        arguments: [
            "</soap:Body><soap:Body>", "</soap:Body></soap:Envelope>", "<a>", "</a>", "<!--", "<![CDATA[", "<?pi",
            "<!DOCTYPE a>", "<?xml version=\"1.0\"?><a/>", "&undefined;", "<a/>]]>", "<x:a/>", "\u{1}",
            "<a b='1' b='2'/>",
            "<a xmlns:wsu=\"\(WrappingTests.wsu)\" wsu:Id=\"OTHER\"/>",
            "<xenc:EncryptedData Id=\"OTHER\" xmlns:xenc=\"http://www.w3.org/2001/04/xmlenc#\"/>",
            "</soap:Body><soap:Body><soap:Header/>", "<a></soap:Body><soap:Body></a>",
        ]
    )
    func content(_ plaintext: String) throws {
        let message = try Self.message(plaintext)
        let fault = try #require(try Fixtures.fault(of: message, Self.policy), "accepted")
        #expect(fault.outward.code == .failedCheck)
        #expect(!fault.cause.contains("undefined"))
    }

    @Test("while ordinary content is accepted", arguments: ["", "text", "<a/>", "<!-- c --><a/>", "<a/><b/>"])
    func ordinary(_ plaintext: String) throws {
        let result = try Fixtures.process(Array(Self.message(plaintext).utf8), Self.policy)
        let envelope = String(decoding: result.envelope, as: UTF8.self)
        #expect(envelope.contains("<soap:Body>\(plaintext)</soap:Body>"))
    }

    @Test("an encrypted part that is not the whole content is refused")
    func partial() throws {
        let message = try Self.message("<a/>").replacing("</xenc:EncryptedData>", with: "</xenc:EncryptedData><evil/>")
        #expect(try Fixtures.fault(of: message, Self.policy) != nil)
    }

    @Test("an encrypted element must be one element")
    func element() throws {
        for (plaintext, isAccepted) in [
            ("<a/>", true), ("<a/><b/>", false), ("a", false), ("<!-- --><a/>", false), ("", false),
        ] {
            let message = try Self.message(plaintext, inside: "m", type: "Element")
            let fault = try Fixtures.fault(of: message, InboundPolicy(signed: [], requiresTimestamp: false))
            #expect((fault == nil) == isAccepted, "\(plaintext)")
        }
    }

    @Test("depth and size of the whole count, not of the fragment")
    func limits() throws {
        let nested = String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300)
        #expect(try Fixtures.fault(of: Self.message(nested), Self.policy)?.outward.code == .failedCheck)
    }

    @Test("wrapped keys that open to a key of the wrong size, or not at all")
    func wrongKey() throws {
        let short = try Self.message("<a/>", wrapping: 16)
        let other = try Self.message("<a/>").replacing("aes256-gcm", with: "aes128-gcm")
        for message in [short, other] {
            let fault = try #require(try Fixtures.fault(of: message, Self.policy))
            #expect(fault.code == .failedCheck && fault.outward.code == .failedCheck)
        }
    }

    private static let policy = InboundPolicy(signed: [], encrypted: [.body], requiresTimestamp: false)

    /// A message whose Body's content decrypts to `plaintext`; with `inside`, that of an element in Body.
    private static func message(
        _ plaintext: String,
        inside: String? = nil,
        type: String = "Content",
        wrapping: Int? = nil
    ) throws -> String {
        let key = EncryptionMethod.aes256GCM.cipher.generateKey()
        let wrapped = SecretOctets(count: wrapping ?? 32)
        let reference =
            "<wsse:SecurityTokenReference><wsse:KeyIdentifier ValueType=\"http://docs.oasis-open.org/wss/"
            + "oasis-wss-soap-message-security-1.1#ThumbprintSHA1\">"
            + Base64.encode(try Fixtures.receiver.get().certificate.thumbprint)
            + "</wsse:KeyIdentifier></wsse:SecurityTokenReference>"
        let writer = EncryptedKeyWriter(method: .rsaOAEPMGF1P(digest: .sha1))
        let recipient = try Fixtures.receiver.get().certificate.publicKey
        let encryptedKey =
            try wrapping == nil
            ? writer.encryptedKey(key, id: "EK", recipient: recipient, keyInfo: reference, dataReferences: ["TAKEN"])
            : writer.encryptedKey(
                wrapped,
                id: "EK",
                recipient: recipient,
                keyInfo: reference,
                dataReferences: ["TAKEN"]
            )
        let data = try EncryptedDataWriter(method: .aes256GCM)
            .encryptedContent(
                Array(plaintext.utf8)[...],
                id: "TAKEN",
                key: key,
                keyInfo:
                    "<wsse:SecurityTokenReference xmlns:wsse=\"\(WrappingTests.wsse)\"><wsse:Reference URI=\"#EK\"/>"
                    + "</wsse:SecurityTokenReference>"
            )
        let body = String(decoding: data, as: UTF8.self).replacing("xmlenc#Content", with: "xmlenc#\(type)")
        return "<soap:Envelope xmlns:soap=\"\(SOAPVersion.soap11.namespace)\"><soap:Header>"
            + "<taken xmlns:wsu=\"\(WrappingTests.wsu)\" wsu:Id=\"OTHER\"/>"
            + "<wsse:Security xmlns:wsse=\"\(WrappingTests.wsse)\">\(String(decoding: encryptedKey, as: UTF8.self))"
            + "</wsse:Security></soap:Header><soap:Body>" + (inside.map { "<\($0)>" } ?? "") + body
            + (inside.map { "</\($0)>" } ?? "") + "</soap:Body></soap:Envelope>"
    }
}

import Cryptography
import WSSecurity
import XML
import XMLEncryption

extension FuzzTarget {
    static let plaintext = FuzzTarget(
        "plaintext",
        "decrypts a message whose Body holds the input; what is accepted stays within its Body"
    ) { (input) throws(BrokenPromise) in
        try promise(isTemplateAccepted, "the template is refused")
        let message = encrypted(input)
        guard let result = result(of: message, Policies.encrypted) else { return }
        let envelope = String(decoding: result.envelope, as: UTF8.self)
        let plaintext = String(decoding: input, as: UTF8.self)
        try promise(envelope.hasSuffix("<s:Body>\(plaintext)</s:Body></s:Envelope>"), "the content left its Body")
        try promise((try? XMLDocument(scanning: result.envelope)) != nil, "what is handed on is no document")
    }

    private static let isTemplateAccepted = result(of: encrypted([]), Policies.encrypted) != nil

    private static func encrypted(_ content: [UInt8]) -> [UInt8] {
        let writer = EncryptedDataWriter(method: .aes256GCM)
        do throws(XMLEncryptionError) {
            let data = try writer.encryptedContent(content[...], id: "ED", key: contentKey.key, keyInfo: keyInfo)
            return contentKey.prefix + data + Array("</s:Body></s:Envelope>".utf8)
        } catch {
            fatalError("the template cannot be encrypted: \(error)")
        }
    }

    private static let keyInfo =
        "<w:SecurityTokenReference xmlns:w=\"\(ContentKey.wsse)\"><w:Reference URI=\"#EK\"/></w:SecurityTokenReference>"

    private static let contentKey = ContentKey()
}

/// A content key and the message up to the encrypted data, wrapped once for all inputs.
private final class ContentKey: Sendable {
    let key = EncryptionMethod.aes256GCM.cipher.generateKey()
    let prefix: [UInt8]

    static let wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"

    init() {
        let wsse = Self.wsse
        let recipient = FuzzKeys.recipient.certificate
        let reference =
            "<w:SecurityTokenReference xmlns:w=\"\(wsse)\"><w:KeyIdentifier ValueType=\"http://docs.oasis-open.org/wss/"
            + "oasis-wss-soap-message-security-1.1#ThumbprintSHA1\">" + Base64.encode(recipient.thumbprint)
            + "</w:KeyIdentifier></w:SecurityTokenReference>"
        do throws(XMLEncryptionError) {
            let wrapped = try EncryptedKeyWriter(method: .rsaOAEPMGF1P(digest: .sha1))
                .encryptedKey(
                    key,
                    id: "EK",
                    recipient: recipient.publicKey,
                    keyInfo: reference,
                    dataReferences: ["ED"]
                )
            let start =
                "<s:Envelope xmlns:s=\"\(SOAPVersion.soap11.namespace)\"><s:Header><w:Security xmlns:w=\"\(wsse)\">"
            prefix = Array(start.utf8) + wrapped + Array("</w:Security></s:Header><s:Body>".utf8)
        } catch {
            fatalError("the template cannot be encrypted: \(error)")
        }
    }
}

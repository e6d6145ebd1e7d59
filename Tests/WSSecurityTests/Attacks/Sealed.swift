import Cryptography
import WSSecurity
import XMLEncryption

/// What anybody can encrypt for the receiver, whose certificate is public.
enum Sealed {
    /// `xenc:EncryptedKey` of a new content key and `xenc:EncryptedData` with octets that `cipher` made under it.
    static func content(
        by method: EncryptionMethod = .aes256GCM,
        id: String = "ED",
        keyID: String = "EK",
        dataReferences: [String]? = nil,
        _ cipher: (borrowing SecretOctets) throws -> [UInt8]
    ) throws -> (key: String, data: String) {
        let key = method.cipher.generateKey()
        let wrapped = try wrapped(key, id: keyID, dataReferences: dataReferences ?? [id])
        return (wrapped, data(try cipher(key), by: method, id: id, keyID: keyID))
    }

    /// The same of text.
    static func content(
        _ text: String,
        by method: EncryptionMethod = .aes256GCM,
        id: String = "ED",
        keyID: String = "EK"
    ) throws -> (key: String, data: String) {
        try content(by: method, id: id, keyID: keyID) { try method.cipher.encrypt(Array(text.utf8), key: $0) }
    }

    static func wrapped(
        _ key: borrowing SecretOctets,
        id: String = "EK",
        dataReferences: [String],
        by method: KeyTransportMethod = .rsaOAEPMGF1P(digest: .sha1)
    ) throws -> String {
        let octets = try EncryptedKeyWriter(method: method)
            .encryptedKey(
                key,
                id: id,
                recipient: Fixtures.receiver.get().certificate.publicKey,
                keyInfo: reference(),
                dataReferences: dataReferences
            )
        return String(decoding: octets, as: UTF8.self)
    }

    static func data(_ octets: [UInt8], by method: EncryptionMethod, id: String = "ED", keyID: String = "EK") -> String
    {
        "<xenc:EncryptedData xmlns:xenc=\"\(xenc)\" Id=\"\(id)\" Type=\"\(xenc)Content\"><xenc:EncryptionMethod"
            + " Algorithm=\"\(method.uri)\"/><ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">"
            + "<wsse:SecurityTokenReference xmlns:wsse=\"\(WrappingTests.wsse)\"><wsse:Reference URI=\"#\(keyID)\"/>"
            + "</wsse:SecurityTokenReference></ds:KeyInfo><xenc:CipherData><xenc:CipherValue>\(Base64.encode(octets))"
            + "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>"
    }

    /// The receiver by thumbprint.
    static func reference() throws -> String {
        "<wsse:SecurityTokenReference xmlns:wsse=\"\(WrappingTests.wsse)\"><wsse:KeyIdentifier ValueType=\""
            + "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1\">"
            + Base64.encode(try Fixtures.receiver.get().certificate.thumbprint)
            + "</wsse:KeyIdentifier></wsse:SecurityTokenReference>"
    }

    /// An envelope with `security` in its Security header, other header blocks, and `body`.
    static func envelope(security: String, blocks: String = "", body: String) -> String {
        "<soap:Envelope xmlns:soap=\"\(SOAPVersion.soap11.namespace)\" xmlns:wsu=\"\(WrappingTests.wsu)\"><soap:Header>"
            + "<wsse:Security xmlns:wsse=\"\(WrappingTests.wsse)\">\(security)</wsse:Security>\(blocks)</soap:Header>"
            + "<soap:Body>\(body)</soap:Body></soap:Envelope>"
    }

    static let policy = InboundPolicy(signed: [], encrypted: [.body], requiresTimestamp: false)

    static let xenc = "http://www.w3.org/2001/04/xmlenc#"
}

package import Cryptography
package import WSSecurity
import XMLEncryption

/// A content key, wrapped for the recipient once, and messages whose Body holds ciphertext under it.
package final class SealedContent: Sendable {
    private let method: EncryptionMethod
    private let key: SecretOctets
    private let prefix: [UInt8]
    /// The wrapped key.
    package let wrapped: [UInt8]

    /// A new content key; with `other`, messages carry those octets as the wrapped key instead.
    ///
    /// It is wrapped by RSA-OAEP, or by RSA 1.5 when `isLegacy`.
    package init(by method: EncryptionMethod, wrapped other: [UInt8]? = nil, isLegacy: Bool = false) {
        self.method = method
        key = method.cipher.generateKey()
        do throws(CryptographyError) {
            wrapped =
                try other
                ?? FuzzKeys.recipient.certificate.publicKey
                .encrypt(key, by: isLegacy ? .rsaPKCS1 : .rsaOAEP(digest: .sha1, mgf: .sha1))
        } catch {
            fatalError("the template cannot be encrypted: \(error)")
        }
        let recipient = FuzzKeys.recipient.certificate
        prefix = Array(
            """
            <s:Envelope xmlns:s="\(SOAPVersion.soap11.namespace)"><s:Header><w:Security xmlns:w="\(Self.wsse)">\
            <e:EncryptedKey xmlns:e="\(Self.xenc)" Id="EK">\
            <e:EncryptionMethod Algorithm="\(Self.xenc)\(isLegacy ? "rsa-1_5" : "rsa-oaep-mgf1p")"/>\
            <d:KeyInfo xmlns:d="http://www.w3.org/2000/09/xmldsig#"><w:SecurityTokenReference><w:KeyIdentifier \
            ValueType="http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1">\
            \(Base64.encode(recipient.thumbprint))</w:KeyIdentifier></w:SecurityTokenReference></d:KeyInfo>\
            <e:CipherData><e:CipherValue>\(Base64.encode(wrapped))</e:CipherValue></e:CipherData>\
            <e:ReferenceList><e:DataReference URI="#ED"/></e:ReferenceList></e:EncryptedKey></w:Security></s:Header>\
            <s:Body><e:EncryptedData xmlns:e="\(Self.xenc)" Id="ED" Type="\(Self.xenc)Content">\
            <e:EncryptionMethod Algorithm="\(method.uri)"/><e:CipherData><e:CipherValue>
            """
            .utf8
        )
    }

    /// `plaintext` under the content key.
    package func sealed(_ plaintext: [UInt8]) throws(CryptographyError) -> [UInt8] {
        try method.cipher.encrypt(plaintext, key: key)
    }

    /// A message whose Body holds `ciphertext`.
    package func message(_ ciphertext: [UInt8]) -> [UInt8] {
        let end = "</e:CipherValue></e:CipherData></e:EncryptedData></s:Body></s:Envelope>"
        return prefix + Base64.encodedOctets(ciphertext) + Array(end.utf8)
    }

    private static let wsse =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    private static let xenc = "http://www.w3.org/2001/04/xmlenc#"
}

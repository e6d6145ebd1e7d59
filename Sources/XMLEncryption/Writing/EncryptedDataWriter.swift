package import Cryptography

/// Writes `xenc:EncryptedData`.
package struct EncryptedDataWriter: Sendable {
    /// The cipher.
    package let method: EncryptionMethod

    /// A writer.
    package init(method: EncryptionMethod) { self.method = method }

    /// `xenc:EncryptedData` of an element or of an element's content under `key`.
    ///
    /// `keyInfo` is the content of `ds:KeyInfo`, which is left out when that is `nil`.
    package func encrypted(
        _ plaintext: ArraySlice<UInt8>,
        as kind: EncryptedData.Kind,
        id: String,
        key: borrowing SecretOctets,
        keyInfo: String?
    ) throws(XMLEncryptionError) -> [UInt8] {
        let octets: [UInt8]
        do {
            octets = try method.cipher.encrypt(plaintext, key: key)
        } catch {
            throw .cannotEncrypt(error)
        }
        let (head, tail) = frame(of: kind, id: id, keyInfo: keyInfo)
        return Base64.encodedOctets(octets, between: head, and: tail)
    }

    /// `xenc:EncryptedData` with that text of `xenc:CipherValue`; `keyInfo` as above.
    package func element(as kind: EncryptedData.Kind, id: String, keyInfo: String?, cipherValue: [UInt8]) -> [UInt8] {
        let (head, tail) = frame(of: kind, id: id, keyInfo: keyInfo)
        return Array(head.utf8) + cipherValue + Array(tail.utf8)
    }

    private func frame(of kind: EncryptedData.Kind, id: String, keyInfo: String?) -> (head: String, tail: String) {
        let head = String(
            joining: "<xenc:EncryptedData xmlns:xenc=\"",
            XMLEncryptionNamespace.encryption,
            "\" Id=\"",
            id,
            "\" Type=\"",
            kind.uri,
            "\"><xenc:EncryptionMethod Algorithm=\"",
            method.uri,
            "\"/>",
            keyInfo.map(KeyInfoElement.text) ?? "",
            "<xenc:CipherData><xenc:CipherValue>"
        )
        return (head, "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>")
    }

    /// `xenc:EncryptedData` of an element's content, as above.
    package func encryptedContent(
        _ plaintext: ArraySlice<UInt8>,
        id: String,
        key: borrowing SecretOctets,
        keyInfo: String
    ) throws(XMLEncryptionError) -> [UInt8] {
        try encrypted(plaintext, as: .content, id: id, key: key, keyInfo: keyInfo)
    }
}

extension EncryptedData.Kind {
    /// The `Type`.
    fileprivate var uri: String {
        switch self {
        case .element: XMLEncryptionNamespace.elementType
        case .content: XMLEncryptionNamespace.contentType
        }
    }
}

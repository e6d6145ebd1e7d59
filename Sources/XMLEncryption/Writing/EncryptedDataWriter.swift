package import Cryptography
import XML

/// Writes `xenc:EncryptedData`.
package struct EncryptedDataWriter: Sendable {
    /// The cipher.
    package let method: EncryptionMethod

    /// A writer.
    package init(method: EncryptionMethod) { self.method = method }

    /// `xenc:EncryptedData` of an element or of an element's content under `key`.
    ///
    /// `keyInfo` is the content of `ds:KeyInfo`, which is left out when that is `nil`. The result is one of
    /// `ReusableOctets`.
    package func encrypted(
        _ plaintext: ArraySlice<UInt8>,
        as kind: EncryptedData.Kind,
        id: String,
        key: borrowing SecretOctets,
        keyInfo: String?
    ) throws(XMLEncryptionError) -> [UInt8] {
        let (head, tail) = frame(of: kind, id: id, keyInfo: keyInfo)
        let count = method.cipher.sealedOctetCount(plaintext.count)
        var octets = ReusableOctets.take(roomFor: head.utf8.count + (count + 2) / 3 * 4 + tail.utf8.count)
        do throws(CryptographyError) {
            try Base64.appendEncoded(count: count, between: head, and: tail, to: &octets) {
                sealed throws(CryptographyError) in
                try method.cipher.encrypt(plaintext, key: key, writingTo: sealed)
            }
        } catch {
            throw .cannotEncrypt(error)
        }
        return octets
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

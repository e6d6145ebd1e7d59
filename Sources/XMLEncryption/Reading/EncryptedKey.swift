package import Cryptography
package import XML
package import XMLSignature

/// `xenc:EncryptedKey` (XML Encryption 1.1 section 3.5) that wraps a content key for a recipient's certificate.
package struct EncryptedKey: Hashable, Sendable {
    /// The element.
    package let node: NodeID
    /// Its id, by which encrypted data may name it.
    package let id: String?
    /// How it is wrapped.
    package let method: KeyTransportMethod
    /// What names the recipient's key.
    package let keyInfo: KeyInfo
    /// The ids of the data that it encrypts.
    package let dataReferences: [String]
    private let cipherData: NodeID

    /// Reads `node` with at most `referenceLimit` data references.
    package init(
        reading node: NodeID,
        in document: XMLDocument,
        referenceLimit: Int
    ) throws(XMLEncryptionError) {
        let parts = try EncryptedParts(reading: node, in: document)
        self.node = node
        id = document.attribute("Id", of: node)
        method = try KeyTransportMethod(reading: parts.method, uri: parts.uri, in: document)
        guard let keyInfo = parts.keyInfo else { throw .malformed("xenc:EncryptedKey does not name its key") }
        self.keyInfo = keyInfo
        cipherData = parts.cipherData
        guard parts.rest.count <= 1 else {
            throw .malformed("xenc:EncryptedKey may hold one xenc:ReferenceList after xenc:CipherData")
        }
        dataReferences =
            if let list = parts.rest.first {
                try ReferenceList.ids(in: list, of: document, limit: referenceLimit)
            } else { [] }
    }

    /// The content key, unwrapped by `key`; throws `decryptionFailed` for whatever is wrong with octets or key.
    package func unwrapped(by key: PrivateKey, in document: XMLDocument) throws(XMLEncryptionError) -> SecretOctets {
        let octets = try CipherData.octets(of: cipherData, in: document)
        do {
            return try key.decrypt(octets, by: method.transport)
        } catch {
            throw .decryptionFailed
        }
    }
}

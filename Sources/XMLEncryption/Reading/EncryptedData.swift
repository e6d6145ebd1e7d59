package import Cryptography
package import XML
package import XMLSignature

/// `xenc:EncryptedData` (XML Encryption 1.1 section 3.4) of an element or of an element's content.
package struct EncryptedData: Hashable, Sendable {
    /// What was encrypted.
    package enum Kind: Hashable, Sendable {
        /// A whole element.
        case element
        /// All content of the parent element.
        case content
    }

    /// The element.
    package let node: NodeID
    /// What was encrypted.
    package let kind: Kind
    /// The cipher.
    package let method: EncryptionMethod
    /// What names the key, where the key does not name the data.
    package let keyInfo: KeyInfo?
    private let cipherData: NodeID

    /// Reads `node`.
    package init(reading node: NodeID, in document: XMLDocument) throws(XMLEncryptionError) {
        guard document.isNamed(node, "EncryptedData", in: XMLEncryptionNamespace.encryption) else {
            throw .malformed("a data reference leads to an element other than xenc:EncryptedData")
        }
        let parts = try EncryptedParts(reading: node, in: document)
        guard let method = EncryptionMethod(rawValue: parts.uri) else { throw .unsupportedAlgorithm(uri: parts.uri) }
        try Self.checkParameters(of: parts.method, method: method, in: document)
        guard parts.rest.isEmpty else { throw .malformed("xenc:EncryptionProperties are not supported") }
        self.node = node
        self.method = method
        kind = try Self.kind(of: node, in: document)
        keyInfo = parts.keyInfo
        cipherData = parts.cipherData
    }

    /// The plaintext under `key`; throws `decryptionFailed` for whatever is wrong with octets or key.
    package func decrypted(
        with key: borrowing SecretOctets,
        in document: XMLDocument
    ) throws(XMLEncryptionError) -> [UInt8] {
        Array(try opened(with: key, in: document).plaintext)
    }

    /// The plaintext under `key`, where the ciphertext was: to be given back when it is no longer needed; throws as above.
    package func opened(
        with key: borrowing SecretOctets,
        in document: XMLDocument
    ) throws(XMLEncryptionError) -> OpenedData {
        var octets = try CipherData.octets(of: cipherData, in: document)
        guard key.count == method.cipher.keyOctetCount else { throw .decryptionFailed }
        do {
            let range = try method.cipher.openForScanning(&octets, key: key)
            return OpenedData(octets: octets, range: range)
        } catch {
            throw .decryptionFailed
        }
    }

    /// The `xenc:CipherValue`.
    package func cipherValue(in document: XMLDocument) throws(XMLEncryptionError) -> NodeID {
        try CipherData.value(of: cipherData, in: document)
    }

    private static func kind(of node: NodeID, in document: XMLDocument) throws(XMLEncryptionError) -> Kind {
        switch document.attribute("Type", of: node) {
        case XMLEncryptionNamespace.elementType: return .element
        case XMLEncryptionNamespace.contentType: return .content
        default: throw .malformed("the Type of xenc:EncryptedData must be that of an element or of content")
        }
    }

    /// `xenc:KeySize` may repeat what the algorithm says; nothing else is a parameter of these ciphers.
    private static func checkParameters(
        of node: NodeID,
        method: EncryptionMethod,
        in document: XMLDocument
    ) throws(XMLEncryptionError) {
        for parameter in document.elements(in: node) {
            guard document.isNamed(parameter, "KeySize", in: XMLEncryptionNamespace.encryption),
                Int(document.text(of: parameter).trimmingXMLSpace()) == method.cipher.keyOctetCount * 8
            else { throw .malformed("xenc:EncryptionMethod of data has parameters that do not fit \(method.uri)") }
        }
    }
}

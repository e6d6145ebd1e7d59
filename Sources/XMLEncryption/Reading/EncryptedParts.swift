import XML
import XMLSignature

/// The children that `xenc:EncryptedData` and `xenc:EncryptedKey` share (XML Encryption 1.1 section 3.1).
struct EncryptedParts {
    let method: NodeID
    let uri: String
    let keyInfo: KeyInfo?
    let cipherData: NodeID
    /// What follows `xenc:CipherData`.
    let rest: [NodeID]

    init(reading node: NodeID, in document: XMLDocument) throws(XMLEncryptionError) {
        let namespace = XMLEncryptionNamespace.encryption
        var children = document.elements(in: node).makeIterator()
        guard let method = children.next(), document.isNamed(method, "EncryptionMethod", in: namespace),
            let uri = document.attribute("Algorithm", of: method)
        else { throw .malformed("xenc:\(document.name(of: node).localName) must begin with xenc:EncryptionMethod") }
        self.method = method
        self.uri = uri
        var next = children.next()
        if let child = next, document.isNamed(child, "KeyInfo", in: XMLSignatureNamespace.signature) {
            keyInfo = try Self.keyInfo(child, in: document)
            next = children.next()
        } else {
            keyInfo = nil
        }
        guard let data = next, document.isNamed(data, "CipherData", in: namespace) else {
            throw .malformed("xenc:\(document.name(of: node).localName) has no xenc:CipherData in its place")
        }
        cipherData = data
        var rest: [NodeID] = []
        while let child = children.next(), rest.count < 3 { rest.append(child) }
        self.rest = rest
    }

    private static func keyInfo(_ node: NodeID, in document: XMLDocument) throws(XMLEncryptionError) -> KeyInfo {
        do {
            return try KeyInfo(reading: node, in: document)
        } catch {
            throw .malformed(error.description)
        }
    }
}

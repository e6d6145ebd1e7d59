import Cryptography
package import XML

/// `ds:Signature` (XML Signature 1.1 section 4.2), read but not yet verified.
package struct Signature: Hashable, Sendable {
    /// The element.
    package let node: NodeID
    /// What is signed.
    package let signedInfo: SignedInfo
    /// `ds:SignatureValue`.
    package let value: [UInt8]
    /// What names the key.
    package let keyInfo: KeyInfo

    /// Reads `node`: exactly SignedInfo, SignatureValue and KeyInfo in this order; `ds:Object` is refused.
    package init(
        reading node: NodeID,
        in document: XMLDocument,
        limits: SignatureLimits
    ) throws(XMLSignatureError) {
        let namespace = XMLSignatureNamespace.signature
        var children = document.elements(in: node).makeIterator()
        guard let info = children.next(), document.isNamed(info, "SignedInfo", in: namespace),
            let value = children.next(), document.isNamed(value, "SignatureValue", in: namespace),
            let key = children.next(), document.isNamed(key, "KeyInfo", in: namespace),
            children.next() == nil
        else { throw .malformed("ds:Signature must hold ds:SignedInfo, ds:SignatureValue and ds:KeyInfo only") }
        guard let octets = document.base64Octets(of: value), !octets.isEmpty else {
            throw .malformed("ds:SignatureValue is not Base64")
        }
        self.node = node
        self.value = octets
        signedInfo = try SignedInfo(reading: info, in: document, limits: limits)
        keyInfo = try KeyInfo(reading: key, in: document)
    }
}

import Cryptography
import XML
import XMLSignature

/// `xenc:CipherData` (XML Encryption 1.1 section 3.3) with its `xenc:CipherValue`; `xenc:CipherReference` is refused.
enum CipherData {
    /// The `xenc:CipherValue` in `node`.
    static func value(of node: NodeID, in document: XMLDocument) throws(XMLEncryptionError) -> NodeID {
        var children = document.elements(in: node).makeIterator()
        guard let value = children.next(), children.next() == nil,
            document.isNamed(value, "CipherValue", in: XMLEncryptionNamespace.encryption)
        else { throw .malformed("xenc:CipherData must hold one xenc:CipherValue; references are never followed") }
        return value
    }

    /// The octets of `node`.
    static func octets(of node: NodeID, in document: XMLDocument) throws(XMLEncryptionError) -> [UInt8] {
        let value = try value(of: node, in: document)
        let octets = document.withTextOctets(of: value) { text -> [UInt8]? in
            var octets = ReusableOctets.take(count: Base64.mostOctets(of: text.count))
            return Base64.decode(text, into: &octets) ? octets : nil
        }
        guard let octets else { throw .cipherValueNotBase64 }
        return octets
    }
}

extension XMLEncryptionError {
    /// Text of `xenc:CipherValue` that is not Base64.
    package static let cipherValueNotBase64 = XMLEncryptionError.malformed("xenc:CipherValue is not Base64")
}

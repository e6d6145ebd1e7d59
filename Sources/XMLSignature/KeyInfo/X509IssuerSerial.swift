package import XML

/// `ds:X509Data` with one `ds:X509IssuerSerial` (XML Signature 1.1 section 4.5.4).
package struct X509IssuerSerial: Hashable, Sendable {
    /// The issuer's name as written, by RFC 4514.
    package let issuerName: String
    /// The serial number in decimal, as written.
    package let serialNumber: String

    /// Reads a `ds:X509Data`; a `ds:X509Certificate` beside the pair, as zeep writes it, is not read: what the pair names decides.
    package init(readingX509Data node: NodeID, in document: XMLDocument) throws(XMLSignatureError) {
        let namespace = XMLSignatureNamespace.signature
        var pairs: [NodeID] = []
        for child in document.elements(in: node) where !document.isNamed(child, "X509Certificate", in: namespace) {
            pairs.append(child)
        }
        guard let pair = pairs.first, pairs.count == 1, document.isNamed(pair, "X509IssuerSerial", in: namespace)
        else { throw .malformed("ds:X509Data must hold one ds:X509IssuerSerial") }
        var parts = document.elements(in: pair).makeIterator()
        guard let name = parts.next(), document.isNamed(name, "X509IssuerName", in: namespace),
            let number = parts.next(), document.isNamed(number, "X509SerialNumber", in: namespace),
            parts.next() == nil
        else { throw .malformed("ds:X509IssuerSerial must hold ds:X509IssuerName and ds:X509SerialNumber") }
        issuerName = document.text(of: name).trimmingXMLSpace()
        serialNumber = document.text(of: number).trimmingXMLSpace()
    }
}

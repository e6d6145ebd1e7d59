package import XML

/// `ds:X509IssuerSerial` (XML Signature 1.1 section 4.5.4.1).
package struct X509IssuerSerial: Hashable, Sendable {
    /// The issuer's name as written, by RFC 4514.
    package let issuerName: String
    /// The serial number in decimal, as written.
    package let serialNumber: String

    /// Reads the element.
    package init(reading node: NodeID, in document: XMLDocument) throws(XMLSignatureError) {
        let namespace = XMLSignatureNamespace.signature
        var parts = document.elements(in: node).makeIterator()
        guard let name = parts.next(), document.isNamed(name, "X509IssuerName", in: namespace),
            let number = parts.next(), document.isNamed(number, "X509SerialNumber", in: namespace),
            parts.next() == nil
        else { throw .malformed("ds:X509IssuerSerial must hold ds:X509IssuerName and ds:X509SerialNumber") }
        issuerName = document.text(of: name).trimmingXMLSpace()
        serialNumber = document.text(of: number).trimmingXMLSpace()
    }
}

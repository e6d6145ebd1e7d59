import Cryptography
package import XML

/// `ds:X509Data` (XML Signature 1.1 section 4.5.4): all of it is about one certificate and those above it.
package struct X509Data: Hashable, Sendable {
    /// The most children that are read.
    package static let childLimit = 16

    /// What names the certificate by its issuer.
    package private(set) var issuerSerials: [X509IssuerSerial] = []
    /// Subject key identifiers.
    package private(set) var subjectKeyIdentifiers: [[UInt8]] = []
    /// Subjects' names as written.
    package private(set) var subjectNames: [String] = []
    /// Certificates as DER, in any order.
    package private(set) var certificates: [[UInt8]] = []

    /// Reads the element; throws `malformed` for what it does not know, revocation lists among it.
    package init(reading node: NodeID, in document: XMLDocument) throws(XMLSignatureError) {
        var count = 0
        for child in document.elements(in: node) {
            count += 1
            guard count <= Self.childLimit else {
                throw .limitExceeded(of: "elements in ds:X509Data", limit: Self.childLimit)
            }
            try read(child, in: document)
        }
        guard count > 0 else { throw .malformed("ds:X509Data is empty") }
    }

    private mutating func read(_ node: NodeID, in document: XMLDocument) throws(XMLSignatureError) {
        let name = document.name(of: node)
        guard name.namespace == XMLSignatureNamespace.signature else {
            throw .malformed("\(name.description.prefix(256)) in ds:X509Data is not supported")
        }
        switch name.localName {
        case "X509IssuerSerial": issuerSerials.append(try X509IssuerSerial(reading: node, in: document))
        case "X509SKI": subjectKeyIdentifiers.append(try Self.octets(of: node, in: document))
        case "X509SubjectName": subjectNames.append(document.text(of: node).trimmingXMLSpace())
        case "X509Certificate": certificates.append(try Self.octets(of: node, in: document))
        default: throw .malformed("ds:\(name.localName.prefix(256)) in ds:X509Data is not supported")
        }
    }

    private static func octets(of node: NodeID, in document: XMLDocument) throws(XMLSignatureError) -> [UInt8] {
        guard let octets = document.base64Octets(of: node), !octets.isEmpty else {
            throw .malformed("ds:\(document.name(of: node).localName) is not Base64")
        }
        return octets
    }
}

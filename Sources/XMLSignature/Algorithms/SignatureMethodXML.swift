import Cryptography
package import XML

extension SignatureMethod {
    /// Reads a `ds:SignatureMethod` with its parameters.
    ///
    /// `ds:HMACOutputLength` may say the whole length; truncated codes are refused (CVE-2009-0217).
    package init(reading node: NodeID, in document: XMLDocument) throws(XMLSignatureError) {
        let uri = document.attribute("Algorithm", of: node) ?? ""
        if uri == Self.rsaPSSURI {
            self = .rsaPSS(try RSAPSSParameters(reading: node, in: document))
            return
        }
        guard let method = Self.byURI[uri] else {
            throw .unsupportedAlgorithm(element: "ds:SignatureMethod", uri: uri)
        }
        var parameters = document.elements(in: node).makeIterator()
        if let parameter = parameters.next() {
            guard case .hmac(let digest) = method, parameters.next() == nil,
                document.isNamed(parameter, "HMACOutputLength", in: XMLSignatureNamespace.signature)
            else { throw .malformed("ds:SignatureMethod has parameters") }
            guard document.text(of: parameter).trimmingXMLSpace() == String(digest.octetCount * 8) else {
                throw .malformed("ds:HMACOutputLength must be the whole length: truncated codes are refused")
            }
        }
        self = method
    }

    /// The element in canonical form; the prefix `ds` is bound around it.
    package var canonicalText: String {
        let parameters = if case .rsaPSS(let parameters) = self { parameters.canonicalText } else { "" }
        return "<ds:SignatureMethod Algorithm=\"\(uri)\">\(parameters)</ds:SignatureMethod>"
    }
}

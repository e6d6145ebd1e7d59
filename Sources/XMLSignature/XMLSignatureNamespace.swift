/// The namespaces of XML Signature.
package enum XMLSignatureNamespace {
    /// `ds:`, of XML Signature 1.0 and 1.1.
    package static let signature = "http://www.w3.org/2000/09/xmldsig#"
    /// `ec:`, of the `InclusiveNamespaces` parameter of exclusive canonicalization.
    package static let exclusiveCanonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#"
}

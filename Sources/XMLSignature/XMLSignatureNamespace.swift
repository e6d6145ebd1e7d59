/// The namespaces of XML Signature.
package enum XMLSignatureNamespace {
    /// `ds:`, of XML Signature 1.0 and 1.1.
    package static let signature = "http://www.w3.org/2000/09/xmldsig#"
    /// `dsig11:`, of what XML Signature 1.1 added.
    package static let signature11 = "http://www.w3.org/2009/xmldsig11#"
    /// `pss:`, of RSA-PSS and its parameters (RFC 9231).
    package static let more2007 = "http://www.w3.org/2007/05/xmldsig-more#"
    /// `ec:`, of the `InclusiveNamespaces` parameter of exclusive canonicalization.
    package static let exclusiveCanonicalization = "http://www.w3.org/2001/10/xml-exc-c14n#"
}

/// The namespaces of XML Encryption.
package enum XMLEncryptionNamespace {
    /// `xenc:`, of XML Encryption 1.0 and 1.1.
    package static let encryption = "http://www.w3.org/2001/04/xmlenc#"
    /// `xenc11:`.
    package static let encryption11 = "http://www.w3.org/2009/xmlenc11#"
    /// The `Type` of an encrypted element.
    package static let elementType = encryption + "Element"
    /// The `Type` of encrypted content.
    package static let contentType = encryption + "Content"
}

/// The namespaces of SAML assertions.
enum SAMLNamespace {
    /// SAML 1.0 and 1.1.
    static let assertion11 = "urn:oasis:names:tc:SAML:1.0:assertion"
    /// SAML 2.0.
    static let assertion20 = "urn:oasis:names:tc:SAML:2.0:assertion"
}

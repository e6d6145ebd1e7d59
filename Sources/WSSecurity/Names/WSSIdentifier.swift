/// URIs that values of attributes name (WSS SOAP Message Security and its token profiles 1.1.1).
enum WSSIdentifier {
    private static let soap10 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0"
    private static let soap11 = "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1"
    private static let x509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0"
    private static let username = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0"
    private static let saml10 = "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.0"
    private static let saml11 = "http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1"

    /// `EncodingType` of Base64.
    static let base64Binary = soap10 + "#Base64Binary"
    /// `ValueType` of one certificate.
    static let x509v3 = x509 + "#X509v3"
    /// `ValueType` of a certificate path.
    static let x509PKIPathv1 = x509 + "#X509PKIPathv1"
    /// `ValueType` of certificates in PKCS#7.
    static let pkcs7 = x509 + "#PKCS7"
    /// `ValueType` of a subject key identifier.
    static let x509SubjectKeyIdentifier = x509 + "#X509SubjectKeyIdentifier"
    /// `ValueType` of a thumbprint.
    static let thumbprintSHA1 = soap11 + "#ThumbprintSHA1"
    /// `Algorithm` of the STR-Transform.
    static let strTransform = soap10 + "#STR-Transform"
    /// `TokenType` of a wrapped key.
    static let encryptedKey = soap11 + "#EncryptedKey"
    /// `ValueType` of the SHA-1 of a wrapped key's octets.
    static let encryptedKeySHA1 = soap11 + "#EncryptedKeySHA1"
    /// `Type` of a password in the clear.
    static let passwordText = username + "#PasswordText"
    /// `Type` of a password's digest.
    static let passwordDigest = username + "#PasswordDigest"
    /// `ValueType` of the id of a SAML 1.1 assertion.
    static let samlAssertionID = saml10 + "#SAMLAssertionID"
    /// `ValueType` of the id of a SAML 2.0 assertion.
    static let samlID = saml11 + "#SAMLID"
    /// `TokenType` of a SAML 1.1 assertion.
    static let samlV11 = saml11 + "#SAMLV1.1"
    /// `TokenType` of a SAML 2.0 assertion.
    static let samlV20 = saml11 + "#SAMLV2.0"
}

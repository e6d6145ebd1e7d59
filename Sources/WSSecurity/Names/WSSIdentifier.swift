/// URIs that values of attributes name (WSS SOAP Message Security and X.509 Certificate Token Profile 1.1.1).
enum WSSIdentifier {
    private static let soap10 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0"
    private static let soap11 = "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1"
    private static let x509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0"

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
}

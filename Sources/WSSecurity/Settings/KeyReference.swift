/// How a message names a key (WSS X.509 Certificate Token Profile 1.1.1 section 3.2, XML Signature 1.1 section 4.5).
public enum KeyReference: String, CaseIterable, Codable, Hashable, Sendable {
    /// The certificate travels in a `wsse:BinarySecurityToken` of the header and is referenced directly.
    case binarySecurityToken
    /// `ds:X509IssuerSerial`.
    case issuerSerial
    /// `wsse:KeyIdentifier` with the subject key identifier.
    case subjectKeyIdentifier
    /// `wsse:KeyIdentifier` with the SHA-1 of the certificate.
    case thumbprint
    /// As `binarySecurityToken`, with the certificate and its chain as a `PkiPath`.
    case pkiPath
    /// As `binarySecurityToken`, with the certificate and its chain as PKCS#7.
    case pkcs7
    /// The `wsse:BinarySecurityToken` stands in the reference itself, within `wsse:Embedded`.
    case embedded
    /// The certificate stands in a `ds:X509Data` directly in `ds:KeyInfo`, as plain XML Signature has it.
    case x509Data
    /// The public key alone: `ds:KeyValue` directly in `ds:KeyInfo`.
    case keyValue
    /// `ds:KeyName` directly in `ds:KeyInfo`: the name in the settings, or the certificate's subject.
    case keyName
}

extension KeyReference {
    /// Whether the certificate travels as a token of the header, to which the reference leads.
    public var needsToken: Bool {
        switch self {
        case .binarySecurityToken, .pkiPath, .pkcs7: true
        case .issuerSerial, .subjectKeyIdentifier, .thumbprint, .embedded, .x509Data, .keyValue, .keyName: false
        }
    }

    /// Whether the Basic Security Profile 1.1 allows it: `ds:KeyInfo` holds a `wsse:SecurityTokenReference` (R5402), which
    /// is none of those that have no token type.
    public var isBasicProfile: Bool {
        switch self {
        case .binarySecurityToken, .issuerSerial, .subjectKeyIdentifier, .thumbprint, .pkiPath, .embedded: true
        case .pkcs7, .x509Data, .keyValue, .keyName: false
        }
    }
}

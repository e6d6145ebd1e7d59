/// How a message names a key (WSS X.509 Certificate Token Profile 1.1.1 section 3.2).
public enum KeyReference: String, CaseIterable, Codable, Hashable, Sendable {
    /// The certificate travels in a `wsse:BinarySecurityToken` of the header and is referenced directly.
    case binarySecurityToken
    /// `ds:X509IssuerSerial`.
    case issuerSerial
    /// `wsse:KeyIdentifier` with the subject key identifier.
    case subjectKeyIdentifier
    /// `wsse:KeyIdentifier` with the SHA-1 of the certificate.
    case thumbprint
}

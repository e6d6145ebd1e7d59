/// What a message says about the key that protected it.
///
/// A hint only: trust comes from `TrustedKeys`.
public enum KeyHint: Hashable, Sendable {
    /// The message brings a certificate.
    case certificate(Certificate)
    /// Issuer name as written and serial number in decimal (XML Signature section 4.5.4.1).
    case issuerSerial(issuer: String, serial: String)
    /// The subject key identifier's octets.
    case subjectKeyIdentifier([UInt8])
    /// The SHA-1 of the certificate.
    case thumbprint([UInt8])
    /// The subject's name as written (`ds:X509SubjectName`).
    case subject(String)
    /// The public key itself (`ds:KeyValue`, `dsig11:DEREncodedKeyValue`) as DER.
    case publicKey(subjectPublicKeyInfo: [UInt8])
    /// A name that both sides agreed on (`ds:KeyName`).
    case keyName(String)
    /// The SHA-1 of a wrapped key's octets as they travelled (WSS SOAP Message Security 1.1.1 section 7.3).
    case encryptedKeySHA1([UInt8])
}

extension KeyHint: CustomStringConvertible {
    /// The hint for logs and reports; certificates by subject, serial number and SHA-256 fingerprint.
    public var description: String {
        switch self {
        case .certificate(let certificate):
            "certificate \(certificate.subject), serial \(certificate.serialNumber), SHA-256 \(certificate.fingerprint)"
        case .issuerSerial(let issuer, let serial): "issuer \(issuer.prefix(1024)), serial \(serial.prefix(128))"
        case .subjectKeyIdentifier(let octets): "subject key identifier \(Self.hexadecimal(octets))"
        case .thumbprint(let octets): "SHA-1 thumbprint \(Self.hexadecimal(octets))"
        case .subject(let name): "subject \(name.prefix(1024))"
        case .publicKey(let octets):
            "public key with SHA-256 \(Self.hexadecimal(DigestAlgorithm.sha256.digest(of: octets)))"
        case .keyName(let name): "key name \(name.prefix(256))"
        case .encryptedKeySHA1(let octets): "SHA-1 of a wrapped key \(Self.hexadecimal(octets))"
        }
    }

    private static func hexadecimal(_ octets: [UInt8]) -> String {
        octets.prefix(64).map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: ":")
    }
}

extension KeyHint {
    /// Whether the hint names `certificate`.
    ///
    /// A key name does so when it is the certificate's subject; the SHA-1 of a wrapped key never does.
    public func fits(_ certificate: Certificate) -> Bool {
        switch self {
        case .certificate(let named): named == certificate
        case .issuerSerial(let issuer, let serial):
            certificate.isIssuerSerial(issuerName: issuer, serialNumber: serial)
        case .subjectKeyIdentifier(let identifier): certificate.keyIdentifier == identifier
        case .thumbprint(let thumbprint): certificate.thumbprint == thumbprint
        case .subject(let name), .keyName(let name): certificate.isSubject(name)
        case .publicKey(let octets): certificate.publicKey.spki == octets
        case .encryptedKeySHA1: false
        }
    }
}

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
}

extension KeyHint: CustomStringConvertible {
    /// The hint for logs and reports; certificates by subject, serial number and SHA-256 fingerprint.
    public var description: String {
        switch self {
        case .certificate(let certificate):
            "certificate \(certificate.subject), serial \(certificate.serialNumber), SHA-256 \(certificate.fingerprint)"
        case .issuerSerial(let issuer, let serial): "issuer \(issuer), serial \(serial)"
        case .subjectKeyIdentifier(let octets): "subject key identifier \(Self.hexadecimal(octets))"
        case .thumbprint(let octets): "SHA-1 thumbprint \(Self.hexadecimal(octets))"
        }
    }

    private static func hexadecimal(_ octets: [UInt8]) -> String {
        octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: ":")
    }
}

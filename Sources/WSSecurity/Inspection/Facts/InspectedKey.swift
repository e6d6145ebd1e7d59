import Cryptography
public import FoundationEssentials
import XML

extension MessageInspection {
    /// What a `ds:KeyInfo` names.
    public struct Key: Codable, Hashable, Sendable {
        /// The elements that name it, such as `wsse:Reference` or `ds:X509IssuerSerial`.
        public let form: String
        /// The same in words.
        public let text: String
        /// The certificate's subject, where the certificate is known.
        public let subject: String?
        /// The certificate's issuer, or the issuer that is named.
        public let issuer: String?
        /// The certificate's serial number in decimal, or the one that is named.
        public let serialNumber: String?
        /// The subject key identifier in hexadecimal.
        public let subjectKeyIdentifier: String?
        /// The certificate's SHA-1 in hexadecimal.
        public let thumbprint: String?
        /// The certificate's SHA-256 in hexadecimal.
        public let fingerprint: String?
        /// The certificate's first moment of validity.
        public let notBefore: Date?
        /// The certificate's last moment of validity.
        public let notAfter: Date?
        /// The names under which the key is known here: a file, or an alias with its version.
        public let knownAs: [String]

        /// Whether what is named can be told from other certificates.
        var namesCertificate: Bool {
            fingerprint != nil || serialNumber != nil || subjectKeyIdentifier != nil || thumbprint != nil
        }
    }
}

/// A certificate with the name under which an administrator knows it.
package struct KnownCertificate: Hashable, Sendable {
    /// The name, such as `alice_sign 2 (active)`.
    package let name: String
    /// The certificate.
    package let certificate: Certificate

    /// The pair.
    package init(name: String, certificate: Certificate) {
        self.name = name
        self.certificate = certificate
    }
}

/// What a `ds:KeyInfo` names, as far as it can be read.
struct InspectedKey {
    let form: String
    let text: String
    var hint: KeyHint?
    /// The certificate that the message brings.
    var certificate: Certificate?
    var issuer: String?
    var serialNumber: String?
    var subjectKeyIdentifier: [UInt8]?
    var thumbprint: [UInt8]?
    /// The wrapped key that is named, in place of a certificate's.
    var encryptedKey: NodeID?

    /// The facts, completed by what is known of the certificate.
    func facts(known: [KnownCertificate]) -> MessageInspection.Key {
        let fitting = known.filter { hint?.fits($0.certificate) == true }
        let certificate = certificate ?? fitting.first?.certificate
        return MessageInspection.Key(
            form: form,
            text: text,
            subject: certificate?.subject,
            issuer: certificate?.issuer ?? issuer,
            serialNumber: certificate?.serialNumber ?? serialNumber,
            subjectKeyIdentifier: (certificate?.keyIdentifier ?? subjectKeyIdentifier).map(Hexadecimal.text),
            thumbprint: (certificate?.thumbprint ?? thumbprint).map(Hexadecimal.text),
            fingerprint: certificate?.fingerprint,
            notBefore: certificate?.notBefore,
            notAfter: certificate?.notAfter,
            knownAs: fitting.map(\.name)
        )
    }
}

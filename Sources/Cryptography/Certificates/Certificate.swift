public import FoundationEssentials

/// An X.509 certificate (RFC 5280), kept as the DER that it came in.
///
/// Reading one proves nothing about it: trust comes from where it is registered.
public struct Certificate: Sendable {
    /// The most octets of one certificate that are read.
    package static let octetLimit = 64 << 10

    private let content: Content

    /// Reads DER; throws `malformedCertificate` or `limitExceeded`.
    public init(der: [UInt8]) throws(CryptographyError) {
        guard der.count <= Self.octetLimit else {
            throw .limitExceeded(what: "the certificate in octets", limit: Self.octetLimit)
        }
        do {
            let fields = try CertificateFields(certificate: der)
            content = Content(der: der, fields: fields, publicKey: try PublicKey(spki: fields.spki))
        } catch let error as CryptographyError {
            throw error
        } catch {
            throw .malformedCertificate("not the DER of X.509")
        }
    }

    /// The octets that were read.
    public var der: [UInt8] { content.der }
    /// The subject by RFC 4514.
    public var subject: String { content.fields.subject.description }
    /// The issuer by RFC 4514.
    public var issuer: String { content.issuer }
    /// The DER of the subject's name.
    package var subjectDER: [UInt8] { content.fields.subjectDER }
    /// The DER of the issuer's name.
    package var issuerDER: [UInt8] { content.fields.issuerDER }
    /// The serial number in decimal.
    public var serialNumber: String { content.fields.serialNumber }
    /// The first moment of validity.
    public var notBefore: Date { content.fields.notBefore }
    /// The last moment of validity.
    public var notAfter: Date { content.fields.notAfter }
    /// The subject's public key.
    public var publicKey: PublicKey { content.publicKey }
    /// The key's kind for people, such as `RSA 2048`.
    public var keyDescription: String { publicKey.algorithm.description }
    /// The subject key identifier extension; `nil` where there is none.
    package var subjectKeyIdentifier: [UInt8]? { content.fields.subjectKeyIdentifier }
    /// The subject key identifier, or the SHA-1 of the public key where there is none (RFC 5280 section 4.2.1.2).
    package var keyIdentifier: [UInt8] { subjectKeyIdentifier ?? publicKey.keyIdentifier }
    /// What the key may do; `nil` where the certificate does not say.
    package var usage: CertificateUsage? { content.fields.keyUsage.map(CertificateUsage.init(rawValue:)) }
    /// What names the certificate by its issuer.
    package var issuerSerial: IssuerSerial { IssuerSerial(issuer: content.fields.issuer, serialNumber: serialNumber) }
    /// SHA-1 of the DER: `ThumbprintSHA1` of WSS X.509 token profile 1.1 section 3.1.
    public var thumbprint: [UInt8] { DigestAlgorithm.sha1.digest(of: der) }

    /// SHA-256 of the DER in hexadecimal with colons, for people to compare.
    public var fingerprint: String {
        DigestAlgorithm.sha256.digest(of: der).map { Hexadecimal.text([$0]).uppercased() }.joined(separator: ":")
    }

    /// Whether `moment` lies in the period of validity (both ends included, RFC 5280 section 4.1.2.5).
    public func isValid(at moment: Date) -> Bool {
        notBefore <= moment && moment <= notAfter
    }

    /// Whether issuer and serial number are those of this certificate; spaces, escapes and quotation marks in the
    /// name are understood, its order and the case of its values count.
    package func isIssuerSerial(issuerName: String, serialNumber: String) -> Bool {
        if issuerName == issuer, serialNumber == self.serialNumber { return true }
        return issuerSerial == IssuerSerial(issuerName: issuerName, serialNumber: serialNumber)
    }

    /// Whether `name` is the subject of this certificate, read as `isIssuerSerial` reads issuers.
    package func isSubject(_ name: String) -> Bool {
        guard let name = try? DistinguishedName(name) else { return false }
        return name == content.fields.subject
    }

    private final class Content: Sendable {
        let der: [UInt8]
        let fields: CertificateFields
        let publicKey: PublicKey
        /// Written into messages and compared with what they say.
        let issuer: String

        init(der: [UInt8], fields: CertificateFields, publicKey: PublicKey) {
            self.der = der
            self.fields = fields
            self.publicKey = publicKey
            issuer = fields.issuer.description
        }
    }
}

extension Certificate: Hashable {
    /// Whether both are the same octets.
    public static func == (left: Certificate, right: Certificate) -> Bool {
        left.content === right.content || left.der == right.der
    }

    /// Feeds the last octets, which are the signature's, to `hasher`.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(der.count)
        der.withUnsafeBytes { hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: $0.suffix(32))) }
    }
}

extension Certificate: CustomStringConvertible {
    /// Subject, serial number and key for people.
    public var description: String { "\(subject) (serial number \(serialNumber), \(keyDescription))" }
}

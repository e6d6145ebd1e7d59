public import FoundationEssentials
import SwiftASN1
import X509

extension Certificate {
    /// A certificate for `key` signed by itself: random serial number of 127 bits, basic constraints, key usage and
    /// subject key identifier (RFC 5280 section 4.2.1).
    ///
    /// `subject` is a name of RFC 4514, such as `CN=orders,O=tenant`. Moments are cut to whole seconds. Throws
    /// `malformedName`, `unsupportedKey` for a key that cannot sign, or `operationFailed`.
    public static func selfSigned(
        key: PrivateKey,
        subject: String,
        notBefore: Date,
        notAfter: Date
    ) throws(CryptographyError) -> Certificate {
        try selfSigned(key: key, subject: subject, hosts: [], notBefore: notBefore, notAfter: notAfter)
    }

    /// As ``selfSigned(key:subject:notBefore:notAfter:)``, for a TLS server: `hosts` are the names and addresses that the
    /// certificate is for (subjectAltName, RFC 5280 section 4.2.1.6).
    package static func selfSigned(
        key: PrivateKey,
        subject: String,
        hosts: [String],
        notBefore: Date,
        notAfter: Date
    ) throws(CryptographyError) -> Certificate {
        let name = try DistinguishedName(subject)
        guard key.algorithm != .x25519 else {
            throw .unsupportedKey("X25519 keys cannot sign, so they cannot certify themselves: import a certificate")
        }
        guard !name.relativeNames.isEmpty else { throw .malformedName("it is empty; write CN=… at least") }
        var serial = SecureRandom.octets(count: 16)
        serial[0] = serial[0] & 0x7F | 0x40
        do {
            let signer = CertificateSigner(
                key: key,
                publicKey: try X509.Certificate.PublicKey(derEncoded: key.publicKey.spki)
            )
            let subject = try name.encodable()
            let certificate = try X509.Certificate(
                version: .v3,
                serialNumber: .init(bytes: serial),
                publicKey: signer.publicKey,
                notValidBefore: notBefore.wholeSeconds,
                notValidAfter: notAfter.wholeSeconds,
                issuer: subject,
                subject: subject,
                signatureAlgorithm: signer.defaultSignatureAlgorithm,
                extensions: ownExtensions(for: key.publicKey, hosts: hosts),
                issuerPrivateKey: .init(signer)
            )
            var serializer = DER.Serializer()
            try serializer.serialize(certificate)
            return try Certificate(der: serializer.serializedBytes)
        } catch let error as CryptographyError {
            throw error
        } catch {
            throw .operationFailed(operation: "writing a certificate", reason: String(describing: error))
        }
    }

    /// With the key identifier of its issuer, which is itself: TLS libraries that trust two certificates of one subject, as
    /// before and after an exchange, tell them apart by it alone.
    private static func ownExtensions(for key: PublicKey, hosts: [String]) throws -> X509.Certificate.Extensions {
        var own = try extensions(for: key, hosts: hosts)
        if !hosts.isEmpty {
            let issuer = AuthorityKeyIdentifier(keyIdentifier: key.keyIdentifier[...])
            try own.append(X509.Certificate.Extension(issuer, critical: false))
        }
        return own
    }

    static func extensions(for key: PublicKey, hosts: [String]) throws -> X509.Certificate.Extensions {
        let (isRSA, isEC) =
            switch key.algorithm {
            case .rsa: (true, false)
            case .ec: (false, true)
            case .ed25519, .x25519, .other: (false, false)
            }
        return try X509.Certificate.Extensions {
            Critical(BasicConstraints.notCertificateAuthority)
            // TLS libraries take a certificate whose key usage does not let it sign certificates for no anchor of its own.
            if hosts.isEmpty {
                Critical(
                    KeyUsage(
                        digitalSignature: true,
                        keyEncipherment: isRSA,
                        dataEncipherment: isRSA,
                        keyAgreement: isEC
                    )
                )
            }
            SubjectKeyIdentifier(keyIdentifier: key.keyIdentifier[...])
            if !hosts.isEmpty { SubjectAlternativeNames(hosts.map(GeneralName.init(host:))) }
        }
    }
}

extension DistinguishedName {
    /// The name as swift-certificates writes it: country names printable, the rest UTF-8 (RFC 5280 section 4.1.2.4).
    func encodable() throws -> X509.DistinguishedName {
        try X509.DistinguishedName(
            relativeNames.reversed()
                .map { name in
                    try RelativeDistinguishedName(name.map { try $0.encodable() })
                }
        )
    }
}

extension DistinguishedName.Attribute {
    fileprivate func encodable() throws -> RelativeDistinguishedName.Attribute {
        guard isText else { throw CryptographyError.malformedName("'\(value)' is not text") }
        if type == .RDNAttributeType.countryName { return try .init(type: type, printableString: value) }
        return .init(type: type, utf8String: value)
    }
}

extension Date {
    fileprivate var wholeSeconds: Date { Date(timeIntervalSince1970: timeIntervalSince1970.rounded(.down)) }
}

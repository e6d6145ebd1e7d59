/// A fixed set of trusted keys.
public struct StaticTrustedKeys: TrustedKeys {
    private let verifying: [Certificate]
    private let decrypting: [DecryptionKey]

    /// Trusts signatures of `verifying` and opens what was encrypted for `decrypting`.
    public init(verifying: [Certificate] = [], decrypting: [DecryptionKey] = []) {
        self.verifying = verifying
        self.decrypting = decrypting
    }

    /// The certificates that `hint` fits.
    public func verificationCertificates(for hint: KeyHint) -> [Certificate] {
        verifying.filter { hint.fits($0) }
    }

    /// The keys whose certificate `hint` fits.
    public func decryptionKeys(for hint: KeyHint) -> [DecryptionKey] {
        decrypting.filter { hint.fits($0.certificate) }
    }

    /// The certificate of this set with those octets.
    public func knownCertificate(der: [UInt8]) -> Certificate? {
        verifying.first { $0.der == der } ?? decrypting.first { $0.certificate.der == der }?.certificate
    }
}

extension KeyHint {
    /// Whether the hint names `certificate`.
    public func fits(_ certificate: Certificate) -> Bool {
        switch self {
        case .certificate(let named): named == certificate
        case .issuerSerial(let issuer, let serial):
            certificate.isIssuerSerial(issuerName: issuer, serialNumber: serial)
        case .subjectKeyIdentifier(let identifier): certificate.keyIdentifier == identifier
        case .thumbprint(let thumbprint): certificate.thumbprint == thumbprint
        }
    }
}

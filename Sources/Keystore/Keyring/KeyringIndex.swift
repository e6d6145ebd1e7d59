import Cryptography

/// Hashed look-ups from what messages name certificates by to the versions that have it.
struct KeyringIndex {
    private var byIssuerSerial: [IssuerSerial: [KeyVersionID]] = [:]
    private var byKeyIdentifier: [[UInt8]: [KeyVersionID]] = [:]
    private var byThumbprint: [[UInt8]: [KeyVersionID]] = [:]
    private var byCertificate: [Certificate: [KeyVersionID]] = [:]

    init(_ versions: some Sequence<KeyVersion>) {
        for version in versions {
            guard let certificate = version.certificate else { continue }
            byIssuerSerial[certificate.issuerSerial, default: []].append(version.id)
            byKeyIdentifier[certificate.keyIdentifier, default: []].append(version.id)
            byThumbprint[certificate.thumbprint, default: []].append(version.id)
            byCertificate[certificate, default: []].append(version.id)
        }
    }

    func versions(issuer: String, serial: String) -> [KeyVersionID] {
        IssuerSerial(issuerName: issuer, serialNumber: serial).flatMap { byIssuerSerial[$0] } ?? []
    }

    func versions(subjectKeyIdentifier: [UInt8]) -> [KeyVersionID] {
        byKeyIdentifier[subjectKeyIdentifier] ?? []
    }

    func versions(thumbprint: [UInt8]) -> [KeyVersionID] {
        byThumbprint[thumbprint] ?? []
    }

    func versions(certificate: Certificate) -> [KeyVersionID] {
        byCertificate[certificate] ?? []
    }
}

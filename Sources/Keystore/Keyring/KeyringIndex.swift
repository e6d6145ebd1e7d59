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
            add(certificate, version.id)
            for former in version.formerCertificates { add(former, version.id) }
        }
    }

    private mutating func add(_ certificate: Certificate, _ id: KeyVersionID) {
        byIssuerSerial[certificate.issuerSerial, default: []].append(id)
        // A renewed certificate has the identifier of the former one.
        if byKeyIdentifier[certificate.keyIdentifier]?.last != id {
            byKeyIdentifier[certificate.keyIdentifier, default: []].append(id)
        }
        byThumbprint[certificate.thumbprint, default: []].append(id)
        byCertificate[certificate, default: []].append(id)
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

import Cryptography
import XML
import XMLSignature

extension TokenReader {
    /// What a `ds:X509Data` says about one certificate; of several certificates it is the one that issued none of the
    /// others.
    func x509Data(_ node: NodeID) throws(SecurityFault) -> KeyHints {
        let data = try securityFault(fromSignature: X509Data(reading: node, in: document))
        var hints: [KeyHint] = data.issuerSerials.map {
            .issuerSerial(issuer: $0.issuerName, serial: $0.serialNumber)
        }
        hints += data.subjectKeyIdentifiers.map { .subjectKeyIdentifier($0) }
        hints += data.subjectNames.map { .subject($0) }
        if !data.certificates.isEmpty {
            var certificates: [Certificate] = []
            for der in data.certificates {
                let certificate = try certificate(der: der)
                if !certificates.contains(certificate) { certificates.append(certificate) }
            }
            hints.append(.certificate(try Self.signer(among: certificates)))
        }
        guard let named = KeyHints(hints) else {
            throw SecurityFault(.invalidSecurity, "ds:X509Data names no certificate")
        }
        return named
    }

    /// The one certificate that issued none of the others.
    static func signer(among certificates: [Certificate]) throws(SecurityFault) -> Certificate {
        guard let signer = CertificateBag.leaf(of: certificates) else {
            throw SecurityFault(.invalidSecurityToken, "it is ambiguous which of the certificates is the key's")
        }
        return signer
    }

    /// The certificate in `der`, known or read.
    func certificate(der: [UInt8]) throws(SecurityFault) -> Certificate {
        if let known = keys.knownCertificate(der: der) { return known }
        do {
            return try Certificate(der: der)
        } catch {
            throw SecurityFault(.invalidSecurityToken, "the message's certificate cannot be read: \(error)")
        }
    }
}

import Cryptography

/// Whether messages could tell a new certificate from every one that is known.
struct Identifiability {
    private static let leastModulusBits = 2048

    private let certificate: Certificate
    private let alias: KeyAlias

    init(_ certificate: Certificate, _ alias: KeyAlias) {
        self.certificate = certificate
        self.alias = alias
    }

    /// Throws `weakKey`, `alreadyPresent` for the same certificate under the same alias, or `ambiguous` for another one
    /// with the same issuer and serial number, or with another key but the same subject key identifier.
    func check(against versions: [KeyVersion]) throws(KeystoreError) {
        try checkStrength()
        for version in versions {
            guard let other = version.certificate else { continue }
            if other == certificate {
                if version.id.alias == alias { throw .alreadyPresent(version.id) }
                continue
            }
            if other.issuerSerial == certificate.issuerSerial {
                throw .ambiguous(alias, identifier: "issuer and serial number", other: version.id)
            }
            for former in version.formerCertificates where former != certificate {
                guard former.issuerSerial != certificate.issuerSerial else {
                    throw .ambiguous(alias, identifier: "issuer and serial number", other: version.id)
                }
            }
            if other.publicKey != certificate.publicKey, other.keyIdentifier == certificate.keyIdentifier {
                throw .ambiguous(alias, identifier: "subject key identifier", other: version.id)
            }
        }
    }

    private func checkStrength() throws(KeystoreError) {
        switch certificate.publicKey.algorithm {
        case .rsa(let bits) where bits >= Self.leastModulusBits: return
        case .ec, .ed25519, .x25519: return
        case .rsa, .other: throw .weakKey(alias, key: certificate.keyDescription)
        }
    }
}

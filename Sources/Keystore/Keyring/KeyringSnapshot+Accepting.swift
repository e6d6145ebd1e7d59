package import Cryptography

extension KeyringSnapshot {
    /// What `aliases` verify and decrypt with: their staged, active and retiring versions, expired ones too.
    ///
    /// A version whose certificate was renewed comes once with each of its certificates. `key` is `nil` for a partner's
    /// certificate, and for a private key that does not open. With an `owner`, versions of anybody else are left out.
    package func accepted(
        _ aliases: [KeyAlias],
        of owner: KeyOwner? = nil
    ) -> [(id: KeyVersionID, certificate: Certificate, key: PrivateKey?)] {
        var accepted: [(id: KeyVersionID, certificate: Certificate, key: PrivateKey?)] = []
        for alias in aliases {
            for entry in byAlias[present(alias)] ?? [] where entry.bare.state.canProcess {
                guard owner == nil || entry.bare.owner == owner else { continue }
                let (certificates, key) = (entry.version.certificates, try? entry.key())
                accepted += certificates.map { (entry.id, $0, key) }
            }
        }
        return accepted
    }

    /// The accepted versions whose certificate has this issuer and serial number; more than one is ambiguous.
    ///
    /// This and its siblings take the same time however many keys there are, but for the first look-up by issuer or key
    /// identifier, unless ``makeIndex()`` was called.
    package func candidates(issuer: String, serial: String) -> [KeyVersionID] {
        accepted(nameIndex.versions(issuer: issuer, serial: serial))
    }

    /// The accepted versions whose certificate has this subject key identifier; more than one is ambiguous.
    package func candidates(subjectKeyIdentifier: [UInt8]) -> [KeyVersionID] {
        accepted(nameIndex.versions(keyIdentifier: subjectKeyIdentifier))
    }

    /// The accepted versions whose certificate has this SHA-1 thumbprint; more than one is ambiguous.
    package func candidates(thumbprint: [UInt8]) -> [KeyVersionID] {
        accepted(versions(thumbprint: thumbprint))
    }

    /// The accepted versions that have this very certificate.
    package func accepted(_ certificate: Certificate) -> [KeyVersion] {
        accepted(versions(having: certificate)).compactMap(version)
    }

    /// The version of one of `aliases` that has this very certificate, whatever its state: which key a use was of.
    package func id(of certificate: Certificate, among aliases: [KeyAlias]) -> KeyVersionID? {
        versions(having: certificate).first { id in aliases.contains { present($0) == id.alias } }
    }

    private func versions(having certificate: Certificate) -> [KeyVersionID] {
        versions(thumbprint: certificate.thumbprint)
            .filter { version($0)?.certificates.contains(certificate) == true }
    }

    private func accepted(_ candidates: [KeyVersionID]) -> [KeyVersionID] {
        candidates.filter { entry($0)?.bare.state.canProcess == true }
    }
}

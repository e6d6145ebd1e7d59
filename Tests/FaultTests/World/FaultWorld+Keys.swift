import Cryptography
import ManagementAPI

extension FaultWorld {
    /// Gives the tenant its key pairs and the partners' certificates.
    func introduceKeys() async throws {
        let api = management
        for (alias, pair) in [("tenant-sign", keys.tenantSigning), ("tenant-decrypt", keys.tenantDecryption)] {
            let source = try AddKeyVersion.Source.keyPair(
                key: pair.key.pem(),
                certificates: pair.certificate.pem,
                password: nil
            )
            _ = try await api.addKeyVersion(AddKeyVersion(alias: alias, source: source))
        }
        for (alias, pair) in [("sender", keys.sender), ("receiver", keys.receiver)] {
            let source = AddKeyVersion.Source.certificate(certificates: pair.certificate.pem, partner: alias)
            _ = try await api.addKeyVersion(AddKeyVersion(alias: alias, source: source))
        }
    }
}

import Cryptography
import Keystore
import ManagementAPI

extension KeyResource {
    /// The versions of one alias, which must not be empty.
    init?(_ versions: [KeyVersion]) {
        guard let first = versions.first else { return nil }
        let owner =
            switch first.owner {
            case .tenant: "tenant"
            case .partner(let partner): partner.rawValue
            }
        self.init(
            alias: first.id.alias.rawValue,
            owner: owner,
            activeVersion: versions.first { $0.state == .active }?.id.number,
            versions: versions.sorted { $0.id < $1.id }.map(Version.init)
        )
    }
}

extension KeyResource.Version {
    init(_ version: KeyVersion) {
        self.init(
            number: version.id.number,
            state: version.state.rawValue,
            hasPrivateKey: version.hasPrivateKey,
            createdAt: version.createdAt
        )
        token = version.tokenKey?.description
        activatedAt = version.activatedAt
        exchangedAt = version.exchangedAt
        stoppedAcceptingAt = version.stoppedAcceptingAt
        destroyedAt = version.destroyedAt
        guard let certificate = version.certificate else { return }
        key = certificate.keyDescription
        subject = certificate.subject
        issuer = certificate.issuer
        serialNumber = certificate.serialNumber
        fingerprint = certificate.fingerprint
        notBefore = certificate.notBefore
        notAfter = certificate.notAfter
    }
}

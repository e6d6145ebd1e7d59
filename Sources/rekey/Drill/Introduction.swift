import ManagementAPI
import PartnerSystem

/// Makes a lane's partners and the tenant know each other's first certificates, as two companies do at onboarding.
struct Introduction {
    /// The lane.
    let lane: Lane
    /// The systems.
    let stage: Stage

    /// Creates the tenant's key pairs, imports the partners' certificates, and gives the partners the tenant's.
    func makeKnown() async throws {
        let sender = try await stage.control(lane.sender)
        let receiver = try await stage.control(lane.receiver)
        try await trust(by: receiver, for: .verify, certificateOf: lane.requestSigning)
        try await trust(by: sender, for: .verify, certificateOf: lane.responseSigning)
        try await trust(by: sender, for: .encrypt, certificateOf: lane.requestDecryption)
        try await trust(by: receiver, for: .encrypt, certificateOf: lane.responseDecryption)
        try await importCertificate(of: sender, for: .sign, as: lane.senderSigning, partner: lane.sender)
        try await importCertificate(of: sender, for: .decrypt, as: lane.senderEncryption, partner: lane.sender)
        try await importCertificate(of: receiver, for: .sign, as: lane.receiverSigning, partner: lane.receiver)
        try await importCertificate(of: receiver, for: .decrypt, as: lane.receiverEncryption, partner: lane.receiver)
    }

    private func trust(
        by partner: PartnerControlClient,
        for use: PartnerKeyUse,
        certificateOf alias: String
    ) async throws {
        let key = try await key(alias)
        let certificate = try await stage.administrator.certificate(of: alias, version: key.activeVersion ?? 1)
        try await partner.trust(use, certificate: certificate.pem)
    }

    /// The tenant's key, made when it is first asked for.
    private func key(_ alias: String) async throws -> KeyResource {
        if alias == Lane.sharedKey, let key = try? await stage.administrator.key(alias) { return key }
        let source = AddKeyVersion.Source.create(
            kind: "rsa-2048",
            subject: "CN=\(alias)",
            validityDays: 3650,
            token: stage.token?.name
        )
        return try await stage.administrator.addKeyVersion(AddKeyVersion(alias: alias, source: source))
    }

    private func importCertificate(
        of control: PartnerControlClient,
        for use: PartnerKeyUse,
        as alias: String,
        partner: String
    ) async throws {
        guard let key = try await control.status().inUse(use).first else {
            throw DrillError("\(partner) has no key pair to \(use.rawValue) with")
        }
        let source = AddKeyVersion.Source.certificate(certificates: key.certificate, partner: partner)
        _ = try await stage.administrator.addKeyVersion(AddKeyVersion(alias: alias, source: source))
    }
}

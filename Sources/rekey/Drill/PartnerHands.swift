import ManagementAPI
import PartnerSystem

/// What a partner's administrator does to the partner's own system in a step, apart from telling the tenant about it.
struct PartnerHands: Sendable {
    /// The partner system.
    let control: PartnerControlClient
    /// What the partner does with the key that is renewed.
    let use: PartnerKeyUse
    /// The key that was in use when the renewal began.
    let oldFingerprint: String
    private var made: CreatedKeyPair?

    /// The hands of `procedure`'s partner before its renewal begins.
    init(procedure: DrillProcedure, stage: Stage) async throws {
        control = try await stage.control(procedure.partner)
        use = procedure.partnerUse
        guard let old = try await control.status().inUse(use).first else {
            throw DrillError("\(procedure.partner) holds no key to \(use.rawValue) with")
        }
        oldFingerprint = old.fingerprint
    }

    /// Does what `step` asks of the partner's system, and returns what the claim must bring.
    mutating func perform(_ step: StepResource, newCertificate: String?) async throws -> ClaimStep {
        switch step.kind {
        case "createKeyPair":
            if made == nil { made = try await control.createKeyPair(for: use) }
        case "configurePartner", "exchange":
            try await takeIntoUse(step.certificate ?? newCertificate)
        case "removeOld":
            try await removeOld()
        case "stopSending":
            try await control.setSending(false)
        case "startSending":
            try await control.setSending(true)
        default:
            break
        }
        return ClaimStep(certificate: step.needs.contains("certificate") ? made?.certificate : nil)
    }

    private func takeIntoUse(_ certificate: String?) async throws {
        if use.isOwn {
            guard let made else { throw DrillError("the partner is to use a key pair before it made one") }
            try await control.useKeyPair(use, fingerprint: made.fingerprint)
        } else {
            guard let certificate else { throw DrillError("the partner is to use a certificate that it was not given") }
            try await control.trust(use, certificate: certificate)
        }
    }

    private func removeOld() async throws {
        guard try await control.status().held.contains(where: { $0.use == use && $0.fingerprint == oldFingerprint })
        else { return }
        try await control.remove(use, fingerprint: oldFingerprint)
    }
}

extension DrillProcedure {
    /// The partner whose system takes part.
    var partner: String {
        useCase.hasSuffix("InboundResponse") ? lane.sender : lane.receiver
    }

    /// What the partner does with the key, or with its own counterpart of it.
    var partnerUse: PartnerKeyUse {
        if useCase.hasPrefix("TenantSigns") { return .verify }
        return useCase.hasPrefix("TenantEncrypts") ? .decrypt : .encrypt
    }

    /// What the tenant does with the key, as the ledger calls it.
    var tenantPurpose: String {
        if useCase.hasPrefix("TenantSigns") { return "sign" }
        return useCase.hasPrefix("TenantEncrypts") ? "encrypt" : "decrypt"
    }
}

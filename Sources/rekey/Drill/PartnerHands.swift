import ManagementAPI
import PartnerSystem

/// What a partner's administrator does to the partner's own system in a step, apart from telling the tenant about it.
struct PartnerHands: Sendable {
    /// Whose hands they are, and for which use.
    let part: DrillProcedure.Part
    /// The partner system.
    let control: PartnerControlClient
    /// What the partner does with the key that is renewed.
    let use: PartnerKeyUse
    /// The key that was in use when the renewal began.
    let oldFingerprint: String
    private var made: CreatedKeyPair?

    /// The hands of a part's partner before its renewal begins.
    init(_ part: DrillProcedure.Part, stage: Stage) async throws {
        self.part = part
        control = try await stage.control(part.partner)
        use = part.partnerUse
        guard let old = try await control.status().inUse(use).first else {
            throw DrillError("\(part.partner) holds no key to \(use.rawValue) with")
        }
        oldFingerprint = old.fingerprint
    }

    /// Whether `step` is this partner's and concerns this use.
    func concern(_ step: StepResource) -> Bool {
        step.organisation == part.partner && step.useCases?.contains(part.useCase) ?? true
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

extension DrillProcedure.Part {
    /// What the partner does with the key, or with its own counterpart of it.
    var partnerUse: PartnerKeyUse {
        if useCase.hasPrefix("TenantSigns") { return .verify }
        if useCase.hasPrefix("TenantVerifies") { return .sign }
        return useCase.hasPrefix("TenantEncrypts") ? .decrypt : .encrypt
    }

    /// What the tenant does with the key, as the ledger calls it.
    var tenantPurpose: String {
        if useCase.hasPrefix("TenantSigns") { return "sign" }
        if useCase.hasPrefix("TenantVerifies") { return "verify" }
        return useCase.hasPrefix("TenantEncrypts") ? "encrypt" : "decrypt"
    }
}

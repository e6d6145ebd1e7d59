import FoundationEssentials
import Keystore

extension RenewalSession {
    /// A new key pair, accepted at once and not yet used to protect; or the staged version that `input` names.
    mutating func createKeyPair(at step: PlannedStep, by actor: Actor, _ input: StepInput) throws {
        if let number = input.version { return try takeVersion(number, at: step, by: actor) }
        let token = try input.keyToken.map { text throws(KeystoreError) in try TokenName(text) }
        let version = try keys(by: actor)
            .createSuccessor(
                of: state.plan.alias,
                kind: input.keyKind,
                in: token,
                validity: scope.settings.certificateValidity
            )
        try added(version, at: step, by: actor)
        try performed(step, "Version \(version.id.number) of \(version.id.alias) was created.")
    }

    /// A version that was staged before: imported, or with the certificate that an authority issued.
    private mutating func takeVersion(_ number: Int, at step: PlannedStep, by actor: Actor) throws {
        let id = KeyVersionID(alias: state.plan.alias, number: number)
        guard let version = try transaction.version(id) else { throw RenewalRefusal.version(step, id, "is not there") }
        guard version.state == .staged else {
            throw RenewalRefusal.version(step, id, "is \(version.state.rawValue), not staged")
        }
        guard version.hasPrivateKey, let end = version.validity?.upperBound else {
            throw RenewalRefusal.version(step, id, "has no private key with a certificate")
        }
        if end <= scope.now { throw RenewalRefusal.version(step, id, "expired at \(end.inWords)") }
        let generation = try transaction.generation()
        try record(.versionTaken(step: step.id, version: id, generation: generation), by: actor)
        try performed(step, "Version \(number) of \(id.alias), which was staged, was taken.")
    }

    /// A partner's new certificate, accepted at once and not yet used to protect.
    ///
    /// Refuses one that cannot be used, is not the one that was told, or is for the key that is in use already.
    mutating func addCertificate(
        _ pem: String,
        _ fingerprint: String?,
        at step: PlannedStep,
        by actor: Actor
    ) throws {
        let version: KeyVersion
        do {
            version = try keys(by: actor).importSuccessor(of: state.plan.alias, certificatePEM: pem)
        } catch let error as KeystoreError {
            throw RenewalRefusal.certificate(step, error, inUse: state.plan.oldVersion)
        }
        if let fingerprint, !version.hasFingerprint(fingerprint) {
            throw RenewalRefusal.wrongFingerprint(step, told: fingerprint, version)
        }
        try added(version, at: step, by: actor)
    }

    /// The alias changes to the new version, and the old one is only accepted from now on.
    mutating func exchange(at step: PlannedStep, by actor: Actor) throws {
        guard let new = state.newVersion else { throw RenewalRefusal.noNewVersion(step) }
        let reader = FactReader(transaction: transaction, state: state, scope: scope)
        let prior = try reader.priorUses(before: step)
        if !prior.isEmpty { try record(.usedBefore(step: step.id, uses: prior), by: actor) }
        if let partner = state.partnerMovingAlone(at: step) {
            try endCanary(of: partner, by: actor)
            try keys(by: actor).assign(new, to: partner, .instead)
            let generation = try transaction.generation()
            return try record(.moved(step: step.id, partner: partner, to: new, generation: generation), by: actor)
        }
        _ = try keys(by: actor).exchange(to: new)
        let old = state.plan.oldVersion
        let generation = try transaction.generation()
        try record(.exchanged(step: step.id, from: old, to: new, generation: generation), by: actor)
    }

    /// Messages for the step's partner are protected with both versions.
    mutating func protectTwice(at step: PlannedStep, by actor: Actor) throws {
        guard let new = state.newVersion, let track = step.tracks.first else { throw RenewalRefusal.noNewVersion(step) }
        let partner = state.plan.tracks[track].partner
        try keys(by: actor).assign(new, to: partner, .beside)
        let generation = try transaction.generation()
        try record(.doubled(step: step.id, partner: partner, with: new, generation: generation), by: actor)
    }

    /// The old version is accepted no more.
    mutating func stopAccepting(at step: PlannedStep, by actor: Actor) throws {
        let old = state.plan.oldVersion
        try keys(by: actor).stopAccepting(old)
        let generation = try transaction.generation()
        try record(.stoppedAccepting(step: step.id, version: old, generation: generation), by: actor)
        try performed(step, "Version \(old.number) of \(old.alias) is no longer accepted.")
    }

    /// The second person's approval of a destruction, which erases the key.
    mutating func approveDestruction(_ step: PlannedStep, by actor: Actor) throws {
        guard let first = state.progress(of: step.id).claimedBy, first.name != actor.name else {
            throw RenewalRefusal.samePerson(step)
        }
        if let shortfall = try entryVerdict(of: step).shortfall { throw RenewalRefusal.guarded(step, shortfall) }
        let old = state.plan.oldVersion
        try keys(by: actor)
            .destroy(
                present(old),
                requestedBy: first.name,
                approvedBy: actor.name,
                retention: Retention(days: Int((scope.settings.retention.timeInterval / 86_400).rounded(.up)))
            )
        try record(.destroyed(step: step.id, version: old), by: actor)
        try performed(step, "Version \(old.number) of \(old.alias) was destroyed by \(first.name) and \(actor.name).")
    }

    /// What the version is called now: its key may be renamed while the old version is only kept.
    func present(_ id: KeyVersionID) throws -> KeyVersionID { try transaction.presentVersion(id)?.id ?? id }

    private mutating func added(_ version: KeyVersion, at step: PlannedStep, by actor: Actor) throws {
        let generation = try transaction.generation()
        try record(.versionAdded(step: step.id, version: version.id, generation: generation), by: actor)
    }

    private mutating func performed(_ step: PlannedStep, _ explanation: String) throws {
        let evidence = Evidence(grade: .observed, explanation: explanation)
        try record(.verified(step: step.id, evidence: evidence), by: scope.system)
    }
}

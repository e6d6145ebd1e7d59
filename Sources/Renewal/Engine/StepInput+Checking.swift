/// What a step cannot take is refused: who brings it means another step, and would take this one for done.
extension StepInput {
    /// Throws `badInput` with what the step takes instead.
    func check(for step: PlannedStep) throws {
        let takesCertificate = step.needs.contains(.certificate)
        let createsKey = step.kind == .createKeyPair && step.by.role == .tenantAdministrator
        let brought: [(name: String, isBrought: Bool, isTaken: Bool)] = [
            ("--certificate", certificatePEM != nil, takesCertificate),
            ("--fingerprint", fingerprint != nil, takesCertificate),
            ("--downtime-start and --downtime-end", downtime != nil, step.kind == .agreeDowntime),
            ("--key-kind", keyKind != nil, createsKey),
            ("--version", version != nil, createsKey),
            ("--token", keyToken != nil, createsKey),
        ]
        let left = brought.filter { $0.isBrought && !$0.isTaken }.map(\.name)
        guard left.isEmpty else { throw RenewalRefusal.notTaken(left, by: step) }
        guard let version, keyKind != nil || keyToken != nil else { return }
        throw RenewalRefusal.takenAndCreated(step, version)
    }
}

extension RenewalRefusal {
    fileprivate static func notTaken(_ names: [String], by step: PlannedStep) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "The step \(step.id) takes no \(names.joined(separator: ", no ")): it would be left out.",
            remedy: "Leave it out, or name the step that it is for: `rekey renewal show` says what each needs."
        )
    }

    /// A staged version is named, and also what a new key pair is to be like.
    fileprivate static func takenAndCreated(_ step: PlannedStep, _ number: Int) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason:
                "The step \(step.id) either takes version \(number), whose key pair is there, or creates another by kind "
                + "and token.",
            remedy: "Leave out `--key-kind` and `--token` to take it, or `--version` to create a key pair."
        )
    }
}

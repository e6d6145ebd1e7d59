package import FoundationEssentials
package import Keystore

/// Makes a plan of where a key is used and of what the partners' systems can do.
package struct RenewalPlanner: Sendable {
    /// The version to replace, as the planner needs it.
    package struct CurrentKey: Hashable, Sendable {
        /// The active version.
        package let version: KeyVersionID
        /// Whose key it is.
        package let owner: KeyOwner
        /// The end of its certificate; `nil` when that does not matter.
        package let notAfter: Date?
        /// Whether that has passed.
        package let isExpired: Bool

        package init(version: KeyVersionID, owner: KeyOwner, notAfter: Date?, isExpired: Bool = false) {
            self.version = version
            self.owner = owner
            self.notAfter = notAfter
            self.isExpired = isExpired
        }
    }

    /// The tenant's own organisation.
    package let tenant: String
    /// The waits that the latest start is counted from.
    package let settings: RenewalSettings

    package init(tenant: String, settings: RenewalSettings) {
        self.tenant = tenant
        self.settings = settings
    }

    /// The plan for `current`; refuses a key that is used nowhere, not as its owner can, or with unknown capability.
    package func plan(
        _ current: CurrentKey,
        usages: [KeyUsage],
        capabilities: [PartnerCapability],
        choices: PlanChoices = PlanChoices()
    ) throws(RenewalRefusal) -> RenewalPlan {
        try choices.waits.check(against: settings)
        let usages = usages.filter { $0.alias == current.version.alias }
        guard !usages.isEmpty else { throw .unused(current.version.alias) }
        for usage in usages { try check(usage, of: current.owner) }
        let tracks = try tracks(of: usages, capabilities: capabilities, choices)
        try PlanCheck(tracks: tracks).check(choices)
        var merge = StepMerge(tenant: tenant, tracks: tracks, choices: choices)
        for (index, track) in tracks.enumerated() {
            guard let procedure = Procedure.procedure(track.useCase, track.variant) else {
                throw .noProcedure(track)
            }
            merge.add(procedure, of: index)
        }
        let steps = merge.steps(ending: Procedure.ending)
        return RenewalPlan(
            alias: current.version.alias,
            owner: current.owner,
            oldVersion: current.version,
            tenant: tenant,
            tracks: tracks,
            steps: steps,
            latestStart: current.notAfter.map { latestStart(before: $0, steps: steps, choices) },
            choices: choices == PlanChoices() ? nil : choices,
            isHurried: current.isExpired ? true : nil
        )
    }

    private func tracks(
        of usages: [KeyUsage],
        capabilities: [PartnerCapability],
        _ choices: PlanChoices
    ) throws(RenewalRefusal) -> [RenewalTrack] {
        var tracks: [RenewalTrack] = []
        for useCase in UseCaseName.allCases {
            let own = usages.filter { $0.useCase == useCase }
            for partner in Set(own.map(\.partner)).sorted(by: { $0.rawValue < $1.rawValue }) {
                let flows = Set(own.filter { $0.partner == partner }.map(\.flow)).sorted()
                let standing = PartnerPart(useCase.purpose).map { capabilities.standing(of: partner, $0) }
                tracks.append(
                    RenewalTrack(
                        useCase: useCase,
                        variant: try variant(of: useCase, with: partner, standing, choices, own),
                        partner: partner,
                        flows: flows,
                        standing: standing
                    )
                )
            }
        }
        return tracks
    }

    private func variant(
        of useCase: UseCaseName,
        with partner: PartnerID,
        _ standing: CapabilityStanding?,
        _ choices: PlanChoices,
        _ usages: [KeyUsage]
    ) throws(RenewalRefusal) -> Variant {
        guard let part = PartnerPart(useCase.purpose), let standing else { return .only }
        if choices.single.contains(partner) { return .single }
        if choices.doubled.contains(partner) { return .double }
        switch standing {
        case .dualProven, .dualClaimed: return .dual
        case .single: return .single
        case .unknown: throw .unknownCapability(of: partner, part, useCase, usages.first?.alias)
        }
    }

    private func check(_ usage: KeyUsage, of owner: KeyOwner) throws(RenewalRefusal) {
        switch (usage.purpose, owner) {
        case (.sign, .tenant), (.decrypt, .tenant): return
        case (.encrypt, .partner(let partner)), (.verify, .partner(let partner)):
            guard partner == usage.partner else { throw .foreignKey(usage, of: partner) }
        case (.sign, .partner), (.decrypt, .partner), (.encrypt, .tenant), (.verify, .tenant):
            throw .wrongOwner(usage)
        }
    }

    private func latestStart(before end: Date, steps: [PlannedStep], _ choices: PlanChoices) -> Date {
        let settings = choices.waits.applied(to: settings)
        let persons = steps.filter { $0.proof == .asserted || $0.kind == .configurePartner }.count
        let waits = settings.applyTime * max(persons, 1) + settings.cacheTime + settings.acceptanceWait
        let leeway = max(waits + settings.safetyMargin, .seconds(60 * 86_400))
        return end.addingTimeInterval(-leeway.timeInterval)
    }
}

extension RenewalRefusal {
    fileprivate static func unused(_ alias: KeyAlias) -> RenewalRefusal {
        RenewalRefusal(
            .notPlannable,
            reason: "No flow and no recorded message uses the key \(alias): there is nothing to coordinate.",
            remedy: "Exchange it directly, or deploy the flow that uses it and plan again."
        )
    }

    fileprivate static func noProcedure(_ track: RenewalTrack) -> RenewalRefusal {
        RenewalRefusal(
            .notPlannable,
            reason: "The case \(track.useCase.rawValue) has no procedure of the variant \(track.variant.rawValue).",
            remedy: "Correct the capability of the partner \(track.partner)."
        )
    }

    fileprivate static func unknownCapability(
        of partner: PartnerID,
        _ part: PartnerPart,
        _ useCase: UseCaseName,
        _ alias: KeyAlias?
    ) -> RenewalRefusal {
        RenewalRefusal(
            .unknownCapability,
            reason:
                "\(useCase.rawValue): nobody has said whether the system of \(partner) can \(part.rawValue) with the old "
                + "and the new key at once. If it cannot, messages fail after the exchange; if it can, no downtime is needed.",
            remedy: "Ask its administrator and record it (rekey partner capability \(partner) --for \(part.rawValue) "
                + "--set dual|single), or plan it as "
                + "single (rekey renewal plan \(alias?.rawValue ?? "ALIAS") --single \(partner) --save)."
        )
    }

    fileprivate static func foreignKey(_ usage: KeyUsage, of owner: PartnerID) -> RenewalRefusal {
        RenewalRefusal(
            .notPlannable,
            reason: "The flow \(usage.flow) uses \(usage.alias), a key of \(owner), with the partner \(usage.partner).",
            remedy: "Give \(usage.partner) an alias of its own in that flow and plan again."
        )
    }

    fileprivate static func wrongOwner(_ usage: KeyUsage) -> RenewalRefusal {
        RenewalRefusal(
            .notPlannable,
            reason: "The flow \(usage.flow) uses \(usage.alias) to \(usage.purpose.rawValue), which that key cannot.",
            remedy: "Correct the flow: own key pairs sign and decrypt, partners' certificates verify and encrypt."
        )
    }
}

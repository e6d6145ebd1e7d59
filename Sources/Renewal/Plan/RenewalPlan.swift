package import FoundationEssentials
package import Keystore

/// What a renewal of one alias will do: its tracks, and their steps merged where they are one act.
package struct RenewalPlan: Hashable, Codable, Sendable {
    /// The alias that is renewed; it never changes.
    package let alias: KeyAlias
    /// Whose key it is.
    package let owner: KeyOwner
    /// The version that is active when the plan is made: the old one.
    package let oldVersion: KeyVersionID
    /// The tenant's own organisation.
    package let tenant: String
    /// One for each use case and partner.
    package let tracks: [RenewalTrack]
    /// In the order in which they are shown; `opensAfter` decides what waits for what.
    package let steps: [PlannedStep]
    /// The last moment at which to start, by the old certificate's end and the plan's waits; `nil` when it never ends.
    package let latestStart: Date?
    /// What was decided about the plan; `nil` when nothing was, and in journals from before there were choices.
    package let choices: PlanChoices?
    /// Whether the old certificate had expired when the plan was made, so that people have less time; `nil` is no.
    package let isHurried: Bool?

    package init(
        alias: KeyAlias,
        owner: KeyOwner,
        oldVersion: KeyVersionID,
        tenant: String,
        tracks: [RenewalTrack],
        steps: [PlannedStep],
        latestStart: Date?,
        choices: PlanChoices? = nil,
        isHurried: Bool? = nil
    ) {
        self.alias = alias
        self.owner = owner
        self.oldVersion = oldVersion
        self.tenant = tenant
        self.tracks = tracks
        self.steps = steps
        self.latestStart = latestStart
        self.choices = choices
        self.isHurried = isHurried
    }
}

extension RenewalPlan {
    /// The settings with the waits of this plan: longer ones where it chose them, less time for people where it is hurried.
    func settings(_ settings: RenewalSettings) -> RenewalSettings {
        var settings = choices?.waits.applied(to: settings) ?? settings
        if isHurried == true { settings.hurry() }
        return settings
    }

    /// What is done anew when a partner's downtime was taken back: its own steps that come after its agreement.
    package func steps(inDowntime agreement: StepID) -> Set<StepID> {
        guard let first = steps.first(where: { $0.id == agreement }) else { return [] }
        let partners = Set(first.tracks.filter(tracks.indices.contains).map { tracks[$0].partner })
        let own = Set(tracks.indices.filter { partners.contains(tracks[$0].partner) })
        var found: Set<StepID> = []
        // The steps stand in an order in which each comes after those that it waits for.
        for step in steps where own.isSuperset(of: step.tracks) {
            if step.opensAfter.contains(where: { $0 == agreement || found.contains($0) }) { found.insert(step.id) }
        }
        return found
    }

    /// The cases whose procedures a step belongs to, each once.
    package func useCases(of step: PlannedStep) -> [UseCaseName] {
        let own = Set(step.tracks.filter(tracks.indices.contains).map { tracks[$0].useCase })
        return UseCaseName.allCases.filter(own.contains)
    }

    /// The partners whose tracks a step belongs to, sorted, each once.
    package func partners(of step: PlannedStep) -> [PartnerID] {
        Set(step.tracks.filter(tracks.indices.contains).map { tracks[$0].partner }).sorted()
    }
}

/// One use case with one partner, in the variant that the partner's system allows.
package struct RenewalTrack: Hashable, Codable, Sendable {
    /// The case.
    package let useCase: UseCaseName
    /// Its procedure.
    package let variant: Variant
    /// The other party.
    package let partner: PartnerID
    /// The flows on which the key is used so, sorted.
    package let flows: [String]
    /// What was known of the partner's system when the plan was made; `nil` where it does not matter.
    package let standing: CapabilityStanding?

    package init(
        useCase: UseCaseName,
        variant: Variant,
        partner: PartnerID,
        flows: [String],
        standing: CapabilityStanding? = nil
    ) {
        self.useCase = useCase
        self.variant = variant
        self.partner = partner
        self.flows = flows
        self.standing = standing
    }

    /// The partner's administrator.
    package var administrator: Party { Party(role: useCase.partnerRole, organisation: partner.rawValue) }
}

/// One act of the plan.
package struct PlannedStep: Hashable, Codable, Sendable, Identifiable {
    /// Stable inside the renewal.
    package let id: StepID
    /// What kind of act it is.
    package let kind: StepKind
    /// Who acts; for acts of the system, in whose name.
    package let by: Party
    /// Who is informed, provided or agreed with.
    package let to: Party?
    /// The procedure's sentence.
    package let title: String
    /// What the claim has to bring.
    package let needs: [StepNeed]
    /// What the step has for the one who acts.
    package let offers: [StepOffer]
    /// What has to hold before.
    package let entry: EntryRule
    /// What verifies it.
    package let proof: ProofRule
    /// The steps that come before.
    package let opensAfter: [StepID]
    /// The tracks it belongs to, as indices of the plan's.
    package let tracks: [Int]
    /// The flows that it touches.
    package let flows: [String]
}

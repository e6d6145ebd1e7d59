package import Keystore

/// What a tenant administrator decides about a plan before it is approved; the defaults are the procedures as they stand.
///
/// The JSON is stable: it is journalled with the plan.
package struct PlanChoices: Hashable, Codable, Sendable {
    /// Partners planned with a downtime whatever their systems can do.
    package var single: Set<PartnerID>
    /// Flows that are held in their downtime instead of undeployed: they go on accepting one-way messages.
    package var held: Set<String>
    /// Whether each partner that verifies moves to the new key by itself, instead of all together.
    package var isPerPartner: Bool
    /// The order in which partners move, where each moves by itself; those not named move when they are ready.
    package var order: [PartnerID]
    /// Partners whose messages carry two signatures, or are encrypted for two recipients, in between: no downtime although
    /// their systems handle one key at a time.
    package var doubled: Set<PartnerID>
    /// Waits that are longer than the settings'.
    package var waits: PlanWaits

    /// The procedures as they stand.
    package init(
        single: Set<PartnerID> = [],
        held: Set<String> = [],
        isPerPartner: Bool = false,
        order: [PartnerID] = [],
        doubled: Set<PartnerID> = [],
        waits: PlanWaits = PlanWaits()
    ) {
        self.single = single
        self.held = held
        self.isPerPartner = isPerPartner
        self.order = order
        self.doubled = doubled
        self.waits = waits
    }
}

/// Waits of one plan in seconds (days, messages), each `nil` for the settings'; never less than those.
package struct PlanWaits: Hashable, Codable, Sendable {
    /// Z, added to every wait.
    package var safetyMargin: Int?
    /// G, how long partners go on delivering an accepted message.
    package var guaranteedDelivery: Int?
    /// How long nothing may arrive before a sender counts as silent.
    package var silence: Int?
    /// A, how long a partner takes to apply a change.
    package var applyTime: Int?
    /// Days that the old key is kept.
    package var retentionDays: Int?
    /// n, how many messages make a proof.
    package var minimumMessages: Int?

    /// The settings' waits.
    package init(
        safetyMargin: Int? = nil,
        guaranteedDelivery: Int? = nil,
        silence: Int? = nil,
        applyTime: Int? = nil,
        retentionDays: Int? = nil,
        minimumMessages: Int? = nil
    ) {
        self.safetyMargin = safetyMargin
        self.guaranteedDelivery = guaranteedDelivery
        self.silence = silence
        self.applyTime = applyTime
        self.retentionDays = retentionDays
        self.minimumMessages = minimumMessages
    }
}

extension PlanWaits {
    /// Each wait that is given, with its name and what the settings have.
    private func given(_ settings: RenewalSettings) -> [(name: String, value: Int, least: Int)] {
        let least = { (duration: Duration) in Int(duration.timeInterval.rounded(.up)) }
        return [
            ("safetyMargin", safetyMargin, least(settings.safetyMargin)),
            ("guaranteedDelivery", guaranteedDelivery, least(settings.guaranteedDelivery)),
            ("silence", silence, least(settings.silence)),
            ("applyTime", applyTime, least(settings.applyTime)),
            ("retentionDays", retentionDays, least(settings.retention) / 86_400),
            ("minimumMessages", minimumMessages, settings.minimumMessages),
        ]
        .compactMap { name, value, least in value.map { (name, $0, least) } }
    }

    /// Throws when a wait is shorter than the settings' or longer than ten years.
    func check(against settings: RenewalSettings) throws(RenewalRefusal) {
        for (name, value, least) in given(settings) {
            guard value >= least else { throw .shortWait(name, value, least: least) }
            guard value <= 315_360_000 else { throw .longWait(name, value) }
        }
    }

    /// The settings with these waits, each at least the settings' own.
    func applied(to settings: RenewalSettings) -> RenewalSettings {
        var settings = settings
        let longer = { (seconds: Int?, own: Duration) in max(own, .seconds(seconds ?? 0)) }
        settings.safetyMargin = longer(safetyMargin, settings.safetyMargin)
        settings.guaranteedDelivery = longer(guaranteedDelivery, settings.guaranteedDelivery)
        settings.silence = longer(silence, settings.silence)
        settings.applyTime = longer(applyTime, settings.applyTime)
        settings.retention = longer(retentionDays.map { $0 * 86_400 }, settings.retention)
        settings.minimumMessages = max(settings.minimumMessages, minimumMessages ?? 0)
        return settings
    }
}

extension RenewalRefusal {
    fileprivate static func shortWait(_ name: String, _ value: Int, least: Int) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "A plan's \(name) of \(value) is shorter than the \(least) of the tenant's settings.",
            remedy: "Give \(least) or more: waits may be longer, never shorter."
        )
    }

    fileprivate static func longWait(_ name: String, _ value: Int) -> RenewalRefusal {
        RenewalRefusal(.badInput, reason: "A plan's \(name) of \(value) is beyond ten years.", remedy: "Give less.")
    }
}

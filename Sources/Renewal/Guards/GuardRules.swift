/// The guards: pure decisions over facts.
package struct GuardRules: Sendable {
    /// The clocks and counts.
    package let settings: RenewalSettings

    package init(settings: RenewalSettings) {
        self.settings = settings
    }

    /// Whether a step whose earlier steps are done may be done at this moment.
    package func entry(_ rule: EntryRule, _ facts: GuardFacts) -> GuardVerdict {
        switch rule {
        case .none: .satisfied(.observed, "Nothing but the earlier steps is needed.")
        case .downtimeBegun: downtimeBegun(facts)
        case .readyToExchange: readyToExchange(facts)
        case .exchangeProven: exchangeProven(facts)
        case .oldKeyOutOfUse: oldKeyOutOfUse(facts)
        case .oldKeyUnseen: oldKeyUnseen(facts)
        case .retentionOver: retentionOver(facts)
        }
    }

    /// Whether a step that was claimed, or that the system does by itself, is proved.
    package func proof(_ rule: ProofRule, _ facts: GuardFacts) -> GuardVerdict {
        switch rule {
        case .performed: .missing("Not done yet.", remedy: "Its role has to do it.")
        case .asserted: .satisfied(.asserted, "The role said so; nothing else shows it before traffic does.")
        case .acknowledged: acknowledged(facts)
        case .agreedByBoth: agreedByBoth(facts)
        case .onEveryNode: onEveryNode(facts)
        case .flowStopped: flowsStopped(facts.flows)
        case .flowServing: flowServing(facts)
        case .silence: silence(facts)
        case .drained: drained(facts)
        case .newKeyInTraffic: newKeyInTraffic(facts)
        case .partnerUsesNewKey: partnerUsesNewKey(facts)
        case .trafficResumed: trafficResumed(facts)
        case .retentionOver: retentionOver(facts)
        }
    }
}

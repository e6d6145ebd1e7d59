import Keystore
import Renewal

extension Topology {
    /// What a number chooses for a plan; the procedures as they stand for every number with nothing to choose.
    func choices(_ number: Int, for alias: KeyAlias) -> PlanChoices {
        let protecting = usages(of: alias).filter { PartnerPart($0.purpose) != nil }
        let partners = Set(protecting.map(\.partner)).sorted()
        let verifiers = Set(protecting.filter { $0.purpose == .sign }.map(\.partner)).sorted()
        var choices = PlanChoices()
        if number % 3 == 1, verifiers.count > 1 {
            choices.isPerPartner = true
            if number % 2 == 0 { choices.order = number % 4 == 0 ? verifiers : verifiers.reversed() }
        }
        if number % 5 == 1 { choices.doubled = Set(partners.filter { capabilities[$0] == .single }) }
        if number % 7 == 1 { choices.single = Set(partners.prefix(1)).subtracting(choices.doubled) }
        if number % 11 == 1 { choices.held = held(protecting, choices) }
        return choices
    }

    private func held(_ protecting: [KeyUsage], _ choices: PlanChoices) -> Set<String> {
        let stopped = protecting.filter { usage in
            let isSingle = choices.single.contains(usage.partner) || capabilities[usage.partner] == .single
            return usage.side == .outbound && isSingle && !choices.doubled.contains(usage.partner)
        }
        return Set(stopped.map(\.flow))
    }
}

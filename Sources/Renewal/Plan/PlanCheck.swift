import Keystore

/// Whether choices fit the tracks of a plan: each refusal says what the choice is for.
struct PlanCheck {
    let tracks: [RenewalTrack]

    func check(_ choices: PlanChoices) throws(RenewalRefusal) {
        let protecting = tracks.filter { PartnerPart($0.useCase.purpose) != nil }
        for partner in choices.single.union(choices.doubled).sorted() {
            guard protecting.contains(where: { $0.partner == partner }) else { throw .noTrack(of: partner) }
            guard !choices.single.contains(partner) || !choices.doubled.contains(partner) else {
                throw .both(partner)
            }
        }
        let undeployed = protecting.filter { $0.variant == .single && $0.useCase.side == .outbound }.flatMap(\.flows)
        for flow in choices.held.sorted() where !undeployed.contains(flow) { throw .notUndeployed(flow) }
        let signed = Set(tracks.filter { $0.useCase.purpose == .sign }.map(\.partner))
        guard !choices.isPerPartner || signed.count > 1 else { throw .oneVerifier }
        guard choices.isPerPartner || choices.order.isEmpty else { throw .orderOfAll }
        for partner in choices.order where !signed.contains(partner) { throw .noTrack(of: partner) }
        guard Set(choices.order).count == choices.order.count else { throw .doubledOrder }
    }
}

extension RenewalRefusal {
    fileprivate static func noTrack(of partner: PartnerID) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "The plan has no track in which the system of \(partner) verifies or decrypts.",
            remedy: "Name a partner of such a track; the plan lists them."
        )
    }

    fileprivate static func both(_ partner: PartnerID) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "\(partner) is to have a downtime, and two keys instead of a downtime.",
            remedy: "Choose one of them."
        )
    }

    fileprivate static func notUndeployed(_ flow: String) -> RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "The plan does not undeploy the flow \(flow), so it cannot hold it instead.",
            remedy: "Name a flow of an outbound track with a downtime."
        )
    }

    fileprivate static var oneVerifier: RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "Partners move one by one only where several verify what one key of the tenant signs.",
            remedy: "Leave that out: this key has one such partner at most."
        )
    }

    fileprivate static var orderOfAll: RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "An order of partners is given, and all move together.",
            remedy: "Choose that each partner moves by itself, or leave the order out."
        )
    }

    fileprivate static var doubledOrder: RenewalRefusal {
        RenewalRefusal(.badInput, reason: "The order names a partner twice.", remedy: "Name each once.")
    }
}

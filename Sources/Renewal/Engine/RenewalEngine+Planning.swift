import FoundationEssentials
package import Keystore
import Timekeeping

extension RenewalEngine {
    /// The plan for an alias, without storing it.
    package func preview(
        _ alias: KeyAlias,
        usages: [KeyUsage],
        capabilities: [PartnerCapability],
        choices: PlanChoices = PlanChoices()
    ) async throws -> RenewalView {
        let plan = try await plan(alias, usages, capabilities, choices)
        let scope = try await scope(observing: [])
        let review = try await store.read { transaction in
            try PlanReviewer(transaction: transaction, scope: scope).review(plan, of: nil)
        }
        return RenewalView(previewing: plan, review, settings)
    }

    /// Plans the renewal of an alias and stores it; `start` begins it.
    package func create(
        _ alias: KeyAlias,
        usages: [KeyUsage],
        capabilities: [PartnerCapability],
        choices: PlanChoices = PlanChoices(),
        by actor: Actor
    ) async throws -> RenewalView {
        let scope = try await scope(observing: [])
        let id = try await auditingRefusals("plan", alias.rawValue, by: actor) {
            guard actor.holds(scope.tenantAdministrator) else {
                throw RenewalRefusal.notCoordinator(actor, scope.tenantAdministrator)
            }
            let plan = try await plan(alias, usages, capabilities, choices)
            return try await store.write { transaction in
                let id = RenewalID(rawValue: "\(alias)-\(try transaction.renewals(.of(alias)).next(of: alias))")
                let session = try RenewalSession(planning: plan, as: id, by: actor, transaction, scope)
                try session.conclude()
                return id
            }
        }
        return try await show(id)
    }

    /// Changes a stored plan by other choices, from where the key is used and what partners can do at this moment.
    ///
    /// Refused once the plan is approved.
    package func change(
        _ renewal: RenewalID,
        usages: [KeyUsage],
        capabilities: [PartnerCapability],
        choices: PlanChoices,
        by actor: Actor
    ) async throws -> RenewalView {
        guard case .planned(let former)? = try await journal(of: renewal).first?.event else {
            throw RenewalRefusal.unknownRenewal(renewal)
        }
        let next = try await auditingRefusals("change", renewal.rawValue, by: actor) {
            () async throws -> RenewalPlan in
            try await plan(former.alias, usages, capabilities, choices)
        }
        return try await decide(on: renewal, "change", renewal.rawValue, by: actor) { session in
            try session.replan(next, by: actor)
        }
    }

    /// Approves a plan as it stands: it cannot be changed any more, and may be started.
    package func approve(_ renewal: RenewalID, by actor: Actor) async throws -> RenewalView {
        try await decide(on: renewal, "approve", renewal.rawValue, by: actor) { session in
            try session.approve(by: actor)
        }
    }

    private func plan(
        _ alias: KeyAlias,
        _ usages: [KeyUsage],
        _ capabilities: [PartnerCapability],
        _ choices: PlanChoices
    ) async throws -> RenewalPlan {
        let now = clock.now
        let current = try await store.read { transaction -> RenewalPlanner.CurrentKey in
            let versions = try transaction.versions(of: alias)
            guard !versions.isEmpty else {
                let present = try transaction.presentAlias(of: alias)
                throw present == alias ? KeystoreError.unknownAlias(alias) : .renamed(alias, to: present)
            }
            guard let active = versions.first(where: { $0.state == .active }) else {
                throw KeystoreError.noActiveVersion(alias)
            }
            return RenewalPlanner.CurrentKey(
                version: active.id,
                owner: active.owner,
                notAfter: active.validity?.upperBound,
                isExpired: active.validity.map { $0.upperBound < now } ?? false
            )
        }
        return try RenewalPlanner(tenant: tenant, settings: settings)
            .plan(current, usages: usages, capabilities: capabilities, choices: choices)
    }
}

extension [RenewalStanding] {
    /// The number of the next renewal of an alias.
    fileprivate func next(of alias: KeyAlias) -> Int {
        let prefix = "\(alias)-"
        let names = map(\.id.rawValue).filter { $0.hasPrefix(prefix) }
        let numbers = names.compactMap { Int($0.dropFirst(prefix.count)) }
        return (numbers.max() ?? 0) + 1
    }
}

import FoundationEssentials
package import Keystore

extension RenewalEngine {
    /// The plan for an alias, without storing it.
    package func preview(
        _ alias: KeyAlias,
        usages: [KeyUsage],
        capabilities: [PartnerCapability]
    ) async throws -> RenewalView {
        RenewalView(previewing: try await plan(alias, usages, capabilities))
    }

    /// Plans the renewal of an alias and stores it; `start` begins it.
    package func create(
        _ alias: KeyAlias,
        usages: [KeyUsage],
        capabilities: [PartnerCapability],
        by actor: Actor
    ) async throws -> RenewalView {
        let scope = try await scope(observing: [])
        let id = try await auditingRefusals("plan", alias.rawValue, by: actor) {
            guard actor.holds(scope.tenantAdministrator) else {
                throw RenewalRefusal.notCoordinator(actor, scope.tenantAdministrator)
            }
            let plan = try await plan(alias, usages, capabilities)
            return try await store.write { transaction in
                let id = RenewalID(rawValue: "\(alias)-\(try transaction.renewals(.of(alias)).next(of: alias))")
                let session = try RenewalSession(planning: plan, as: id, by: actor, transaction, scope)
                try session.conclude()
                return id
            }
        }
        return try await show(id)
    }

    private func plan(
        _ alias: KeyAlias,
        _ usages: [KeyUsage],
        _ capabilities: [PartnerCapability]
    ) async throws -> RenewalPlan {
        let current = try await store.read { transaction -> RenewalPlanner.CurrentKey in
            guard let active = try transaction.versions(of: alias).first(where: { $0.state == .active }) else {
                throw KeystoreError.noActiveVersion(alias)
            }
            return RenewalPlanner.CurrentKey(
                version: active.id,
                owner: active.owner,
                notAfter: active.validity?.upperBound
            )
        }
        return try RenewalPlanner(tenant: tenant, settings: settings)
            .plan(current, usages: usages, capabilities: capabilities)
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

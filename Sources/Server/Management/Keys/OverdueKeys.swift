import FoundationEssentials
import Keystore
import ManagementAPI
import Renewal
import Timekeeping

/// The key versions whose keeping time is over, each with what destroys it.
struct OverdueKeys {
    let tenant: Tenant

    func list(for actor: Actor) async throws -> [OverdueKeyVersion] {
        try actor.requireTenant(tenant, to: "see what is to be destroyed")
        let (now, retention) = (tenant.clock.now, tenant.renewals.retention)
        return try await tenant.renewalStore.read { transaction in
            try transaction.overdueVersions(at: now, retention)
                .map { version in
                    let id = version.id
                    let act = try Self.step(of: id, transaction)
                    return OverdueKeyVersion(
                        alias: id.alias.rawValue,
                        version: id.number,
                        state: version.state.rawValue,
                        hasPrivateKey: version.hasPrivateKey,
                        since: retention.end(of: version) ?? now,
                        requestedBy: try DestructionRequest(id: id, transaction: transaction).requester(),
                        renewal: act?.renewal,
                        command: act?.command
                            ?? "rekey key destroy \(id.alias) --version \(id.number) --reason \"the keeping time is over\""
                    )
                }
        }
    }

    /// The step of a renewal under way that destroys the version: nothing else may then.
    private static func step(
        of id: KeyVersionID,
        _ transaction: any RenewalTransaction
    ) throws -> (renewal: String, command: String)? {
        let standings = try transaction.renewals(.of(id.alias))
        guard let standing = standings.first(where: { $0.status != .planned && !$0.status.isFinal }) else { return nil }
        let state = try RenewalState(folding: transaction.journal(of: standing.id), of: standing.id)
        let step = state.plan.steps.first { $0.kind == .destroy }
        guard state.plan.oldVersion.number == id.number, let step else {
            return (standing.id.rawValue, "rekey renewal show \(standing.id)")
        }
        return (standing.id.rawValue, "rekey renewal step \(standing.id) \(step.id)")
    }
}

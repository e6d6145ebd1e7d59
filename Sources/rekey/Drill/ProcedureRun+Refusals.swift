import ManagementAPI

/// The wrong moves that every procedure of a rehearsal tries on its way, and that the tenant must refuse.
extension ProcedureRun {
    static let earlyDestroy = "destroy before the retention is over"
    static let foreignClaim = "claim another role's step"

    /// Claims a step of another role's in the integration developer's or a partner's token.
    mutating func tryForeignClaim(_ renewal: RenewalResource, stage: Stage) async throws {
        guard let step = renewal.steps.first(where: { $0.state == "open" }),
            let stranger = stage.desks.last(where: { $0.role != step.role })
        else { throw DrillError("no step is open at the beginning of \(procedure.title)") }
        let api = stage.api(stranger)
        let id = id
        try await mustRefuse(Self.foreignClaim) { () async throws(ManagementError) in
            _ = try await api.claim(step.id, of: id)
        }
    }

    /// Claims the destruction while the old key must still be kept.
    mutating func tryEarlyDestroy(_ renewal: RenewalResource, stage: Stage) async throws {
        guard let step = renewal.steps.first(where: { $0.kind == "destroy" }) else {
            throw DrillError("\(procedure.title) has no step that destroys the old key")
        }
        let api = stage.administrator
        let id = id
        try await mustRefuse(Self.earlyDestroy) { () async throws(ManagementError) in
            _ = try await api.claim(step.id, of: id)
        }
    }
}

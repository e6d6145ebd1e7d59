extension RenewalEngine {
    /// Proposes a downtime, or another one than was proposed or agreed; the other party has to accept it.
    package func propose(
        _ proposal: WindowProposal,
        at step: StepID?,
        of renewal: RenewalID,
        by actor: Actor
    ) async throws -> RenewalView {
        try await decide(on: renewal, "proposeWindow", renewal.rawValue, by: actor) { session in
            try session.propose(proposal, at: session.windowStep(step, for: actor), by: actor)
        }
    }

    /// Accepts what the other party proposed.
    package func acceptWindow(at step: StepID?, of renewal: RenewalID, by actor: Actor) async throws -> RenewalView {
        try await decide(on: renewal, "acceptWindow", renewal.rawValue, by: actor) { session in
            try session.acceptWindow(at: session.windowStep(step, for: actor), by: actor)
        }
    }

    /// Calls a downtime off before it begins.
    package func cancelWindow(
        at step: StepID?,
        of renewal: RenewalID,
        by actor: Actor,
        reason: String
    ) async throws -> RenewalView {
        try await decide(on: renewal, "cancelWindow", renewal.rawValue, by: actor) { session in
            try session.cancelWindow(at: session.windowStep(step, for: actor), by: actor, reason: reason)
        }
    }
}

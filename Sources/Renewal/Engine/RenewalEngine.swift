import FoundationEssentials
package import Keystore
package import Timekeeping

/// Carries renewals out: every decision is one transaction over journal, keystore and notifications.
///
/// The engine holds nothing between calls, so that it may end at any moment and go on from the journal. What the
/// runtime has to do follows from what is journalled, is done outside the transaction, and may be done again.
package struct RenewalEngine: Sendable {
    let store: any RenewalStore
    let runtime: any RuntimeControl
    let masterKey: MasterKey
    let clock: any WallClock
    let settings: RenewalSettings
    let tenant: String
    let mode: GuardMode

    /// - Parameters:
    ///   - store: Where journal, keys and facts are.
    ///   - runtime: The running tenant.
    ///   - masterKey: What private keys are sealed under.
    ///   - clock: What the time is.
    ///   - settings: Clocks and counts of the guards.
    ///   - tenant: The tenant's own organisation.
    ///   - mode: Whether guards decide; `rehearsalUnguarded` only in a rehearsal.
    package init(
        store: any RenewalStore,
        runtime: any RuntimeControl,
        masterKey: MasterKey,
        clock: any WallClock,
        settings: RenewalSettings = RenewalSettings(),
        tenant: String,
        mode: GuardMode = .guarded
    ) {
        self.store = store
        self.runtime = runtime
        self.masterKey = masterKey
        self.clock = clock
        self.settings = settings
        self.tenant = tenant
        self.mode = mode
    }

    /// Says that the actor's step is done, or does it; a destruction's second claim, by another person, approves it.
    package func claim(
        _ step: StepID,
        of renewal: RenewalID,
        by actor: Actor,
        _ input: StepInput = StepInput()
    ) async throws -> RenewalView {
        try await decide(on: renewal, "claim", "\(renewal)/\(step)", by: actor) { session in
            try session.claim(step, by: actor, input)
        }
    }

    /// Accepts a claimed or failed step without its proof, once a second person has asked for it too.
    package func override(
        _ step: StepID,
        of renewal: RenewalID,
        by actor: Actor,
        reason: String
    ) async throws -> RenewalView {
        try await decide(on: renewal, "override", "\(renewal)/\(step)", by: actor) { session in
            try session.override(step, by: actor, reason: reason)
        }
    }

    /// Begins a planned renewal.
    package func start(_ renewal: RenewalID, by actor: Actor) async throws -> RenewalView {
        let mode = mode
        return try await decide(on: renewal, "start", renewal.rawValue, by: actor) { session in
            try session.start(by: actor, mode: mode)
        }
    }

    /// Makes the old version active again.
    package func rollBack(_ renewal: RenewalID, by actor: Actor, reason: String) async throws -> RenewalView {
        try await decide(on: renewal, "rollBack", renewal.rawValue, by: actor) { session in
            try session.rollBack(by: actor, reason: reason)
        }
    }

    /// Takes one partner's move back, where each partner moves by itself.
    package func rollBack(
        _ renewal: RenewalID,
        partner: PartnerID,
        by actor: Actor,
        reason: String
    ) async throws -> RenewalView {
        try await decide(on: renewal, "rollBack", "\(renewal)/\(partner)", by: actor) { session in
            try session.rollBack(partner, by: actor, reason: reason)
        }
    }

    /// Tries the new key out with one partner now, by the probe messages of the flows' settings.
    ///
    /// What they showed is in the journal and in the guard of the exchange when this returns.
    package func probe(_ renewal: RenewalID, with partner: PartnerID, by actor: Actor) async throws -> RenewalView {
        try await decide(on: renewal, "probe", "\(renewal)/\(partner)", by: actor) { session in
            try session.probe(partner, by: actor)
        }
    }

    /// Lets a share of the messages to one receiver try the new key out: 1, 10 or 100 per cent, 0 to end it.
    ///
    /// It grows by itself as messages are taken, and goes back to none as soon as one is refused.
    package func setCanary(
        _ renewal: RenewalID,
        with partner: PartnerID,
        percent: Int,
        by actor: Actor
    ) async throws -> RenewalView {
        try await decide(on: renewal, "canary", "\(renewal)/\(partner)", by: actor) { session in
            try session.setCanary(partner, percent: percent, by: actor)
        }
    }

    /// Gives a renewal up before its exchange.
    package func abort(_ renewal: RenewalID, by actor: Actor, reason: String) async throws -> RenewalView {
        try await decide(on: renewal, "abort", renewal.rawValue, by: actor) { session in
            try session.abort(by: actor, reason: reason)
        }
    }
}

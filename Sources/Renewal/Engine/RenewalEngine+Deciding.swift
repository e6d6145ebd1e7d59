import FoundationEssentials
import Keystore
import Timekeeping

extension RenewalEngine {
    /// One decision in one transaction, after what has come due and before what follows from it; refusals are audited.
    func decide(
        on renewal: RenewalID,
        _ act: String,
        _ subject: String,
        by actor: Actor,
        _ body: @escaping @Sendable (inout RenewalSession) throws -> Void
    ) async throws -> RenewalView {
        let scope = try await scope(of: renewal)
        try await auditingRefusals(act, subject, by: actor) {
            try await store.write { transaction in
                var session = try RenewalSession(opening: renewal, transaction, scope)
                try session.advance()
                try body(&session)
                try session.advance()
                try session.conclude()
            }
        }
        do {
            try await settle(renewal)
        } catch is RuntimeFault {
            // The decision stands; what the runtime could not do now, the next tick asks of it again.
        }
        return try await show(renewal)
    }

    /// Lets the runtime do what the journal says, and goes on until nothing changes.
    func settle(_ renewal: RenewalID) async throws {
        for _ in 0..<Self.roundLimit {
            let scope = try await scope(of: renewal)
            let (isChanged, acts) = try await store.write { transaction in
                var session = try RenewalSession(opening: renewal, transaction, scope)
                let before = session.state.lastSequence
                try session.advance()
                try session.conclude()
                return (session.state.lastSequence != before, try session.runtimeActs())
            }
            guard isChanged || !acts.isEmpty else { return }
            for act in acts { try await perform(act, of: renewal, scope) }
        }
    }

    /// Runs `body`; a refusal, which leaves nothing behind, gets an audit entry of its own before it is thrown.
    func auditingRefusals<Result>(
        _ act: String,
        _ subject: String,
        by actor: Actor,
        _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await body()
        } catch {
            guard let refusal = RenewalRefusal(error) else { throw error }
            let now = clock.now
            try await store.write { transaction in
                try transaction.audit(
                    at: now,
                    actor: actor.description,
                    action: "renewal.\(act).refused",
                    subject: subject,
                    detail: "\(refusal.code.rawValue): \(refusal)"
                )
            }
            throw refusal
        }
    }

    /// What a decision about this renewal is made with.
    func scope(of renewal: RenewalID) async throws -> RenewalScope {
        let state = try await store.read { transaction in
            let entries = try transaction.journal(of: renewal)
            guard !entries.isEmpty else { throw RenewalRefusal.unknownRenewal(renewal) }
            return try RenewalState(folding: entries, of: renewal)
        }
        var scope = try await scope(observing: Set(state.plan.tracks.flatMap(\.flows)))
        if let offers = state.selfTests(by: scope.runtime) {
            scope.runtime.passedSelfTests = try await runtime.offerSelfTests(offers, of: state.plan.alias)
        }
        if let canaries = state.canariesToRun(by: scope.runtime) {
            try await runtime.setCanaries(canaries, of: state.plan.alias)
        }
        return scope
    }

    func scope(observing flows: Set<String>) async throws -> RenewalScope {
        var observation = RuntimeObservation(acknowledgedGeneration: try await runtime.acknowledgedGeneration())
        for flow in flows.sorted() {
            if try await runtime.isDeployed(flow: flow) { observation.deployedFlows.insert(flow) }
            observation.proofWays[flow] = try await runtime.proofWays(of: flow)
        }
        return RenewalScope(
            now: clock.now,
            settings: settings,
            masterKey: masterKey,
            tenant: tenant,
            runtime: observation
        )
    }

    private static let roundLimit = 16

    private func perform(_ act: RuntimeAct, of renewal: RenewalID, _ scope: RenewalScope) async throws {
        do {
            switch act {
            case .probe(let probe):
                let finding = try await runtime.probe(probe)
                try await store.write { transaction in
                    var session = try RenewalSession(opening: renewal, transaction, scope)
                    try session.conclude(probe, finding)
                    try session.conclude()
                }
            case .deploy(let flow): try await runtime.deploy(flow: flow)
            case .undeploy(let flow): try await runtime.undeploy(flow: flow)
            case .hold(let flow): try await runtime.hold(flow: flow)
            }
        } catch {
            throw RuntimeFault(act: act, cause: error)
        }
    }
}

extension RenewalRefusal {
    /// The refusal that an error is; `nil` when it is no refusal but a fault.
    fileprivate init?(_ error: any Error) {
        switch error {
        case let refusal as RenewalRefusal: self = refusal
        case KeystoreError.unknownAlias(let alias): self = .unknownKey("There is no key \(alias).")
        case KeystoreError.renamed(let alias, let present):
            self = .unknownKey("The key \(alias) is called \(present) now.")
        case let error as KeystoreError:
            self.init(.keystore, reason: "The keystore refused: \(error).", remedy: "Mend that and repeat the step.")
        default: return nil
        }
    }

    private static func unknownKey(_ reason: String) -> RenewalRefusal {
        RenewalRefusal(
            .unknown,
            reason: reason,
            remedy: "`rekey key list` shows the keys, `rekey renewal list` the renewals that there are."
        )
    }
}

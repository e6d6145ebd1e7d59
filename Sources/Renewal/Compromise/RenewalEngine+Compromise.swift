import FoundationEssentials
package import Keystore

extension RenewalEngine {
    /// What giving a version up at once would do; changes nothing.
    package func forecastCompromise(
        of id: KeyVersionID,
        usages: [KeyUsage],
        by actor: Actor
    ) async throws -> CompromiseForecast {
        let scope = try await scope(observing: [])
        try await auditingRefusals("compromise", id.description, by: actor) {
            guard actor.holds(scope.tenantAdministrator) else {
                throw RenewalRefusal.notCoordinator(actor, scope.tenantAdministrator)
            }
        }
        return try await store.read { transaction in
            try CompromiseReader(transaction: transaction, now: scope.now, usages: usages).forecast(id)
        }
    }

    /// Gives a version up because others know it: from now on it neither protects nor processes.
    ///
    /// Where that loses messages a second person has to say the same within an hour; else it is done at once. A staged version takes
    /// the place of an active one without overlap. Renewals of the alias that are under way end.
    package func compromise(
        _ id: KeyVersionID,
        usages: [KeyUsage],
        reason: String,
        by actor: Actor
    ) async throws -> CompromiseAnswer {
        let scope = try await scope(observing: [])
        let answer = try await auditingRefusals("compromise", id.description, by: actor) {
            guard actor.holds(scope.tenantAdministrator) else {
                throw RenewalRefusal.notCoordinator(actor, scope.tenantAdministrator)
            }
            guard reason.contains(where: { !$0.isWhitespace }) else { throw RenewalRefusal.reasonMissing }
            return try await store.write { transaction in
                try Compromise(transaction: transaction, scope: scope, usages: usages, actor: actor, reason: reason)
                    .declare(id)
            }
        }
        if answer.isDone {
            try await endTrials(of: id.alias)
            // Every node forgets the version before this returns.
            _ = try await runtime.acknowledgedGeneration()
        }
        return answer
    }

    /// Nothing is tried out any more once the renewal that did so has ended.
    private func endTrials(of alias: KeyAlias) async throws {
        guard try await renewal(holding: alias) == nil else { return }
        try await runtime.setCanaries([], of: alias)
        _ = try await runtime.offerSelfTests([], of: alias)
    }
}

/// One person's word that a version is compromised, in one transaction.
private struct Compromise {
    let transaction: any RenewalTransaction
    let scope: RenewalScope
    let usages: [KeyUsage]
    let actor: Actor
    let reason: String

    private static let request = "key.compromise-requested"
    private static let requestLifetime = Duration.seconds(3_600)
    private static let page = 1000

    func declare(_ id: KeyVersionID) throws -> CompromiseAnswer {
        let reader = CompromiseReader(transaction: transaction, now: scope.now, usages: usages)
        let forecast = try reader.forecast(id)
        var first: String?
        if forecast.needsSecondPerson {
            guard let requester = try requester(of: id) else {
                try transaction.audit(
                    at: scope.now,
                    actor: actor.name,
                    action: Self.request,
                    subject: id.description,
                    detail: reason
                )
                return CompromiseAnswer(forecast: forecast, isDone: false, requestedBy: actor.name, approvedBy: nil)
            }
            guard requester != actor.name else { throw RenewalRefusal.secondPersonForCompromise(id, forecast) }
            first = requester
        }
        guard let version = try transaction.version(id) else { throw KeystoreError.unknownVersion(id) }
        try suspend(id, forecast)
        var told: Set<Party> = []
        for standing in try transaction.renewals(.of(id.alias)) where !standing.status.isFinal {
            var session = try RenewalSession(opening: standing.id, transaction, scope)
            // One that has nothing to do with the version goes on.
            let concerned = [session.state.plan.oldVersion, session.state.newVersion]
            guard session.state.startedAt != nil, concerned.contains(id) else { continue }
            try session.end(
                compromised: id,
                successor: forecast.successor,
                reason: reason,
                approvedBy: first,
                by: actor
            )
            try session.conclude()
            told.formUnion(session.state.plan.parties)
        }
        try CompromiseInforms(transaction: transaction, scope: scope, usages: usages)
            .tell(
                of: version,
                successor: forecast.successor.flatMap { try transaction.version($0) },
                reason: reason,
                except: told
            )
        return CompromiseAnswer(
            forecast: forecast,
            isDone: true,
            requestedBy: first ?? actor.name,
            approvedBy: first == nil ? nil : actor.name
        )
    }

    private func suspend(_ id: KeyVersionID, _ forecast: CompromiseForecast) throws {
        let keys = KeyOperations(
            transaction: transaction,
            masterKey: scope.masterKey,
            now: scope.now,
            actor: actor.description
        )
        if let successor = forecast.successor {
            if try transaction.version(successor)?.state == .staged {
                _ = try keys.exchange(to: successor)
            } else {
                try keys.rollBack(alias: id.alias)
            }
        }
        try keys.markCompromised(id)
        try transaction.audit(
            at: scope.now,
            actor: actor.description,
            action: "key.compromise-reason",
            subject: id.description,
            detail: reason
        )
    }

    /// Who said so first, within the last hour.
    private func requester(of id: KeyVersionID) throws -> String? {
        let since = scope.now.advanced(by: .zero - Self.requestLifetime)
        var last = 0
        var requester: String?
        while true {
            let entries = try transaction.auditEntries(of: Self.request, after: last, limit: Self.page)
            guard let end = entries.last else { return requester }
            requester = entries.last { $0.subject == id.description && $0.at >= since }?.actor ?? requester
            last = end.sequence
        }
    }
}

extension RenewalRefusal {
    fileprivate static func secondPersonForCompromise(
        _ id: KeyVersionID,
        _ forecast: CompromiseForecast
    ) -> RenewalRefusal {
        RenewalRefusal(
            .samePerson,
            reason: "Giving \(id) up loses messages, so it needs two persons, and this is the first one again. "
                + forecast.losses.joined(separator: " "),
            remedy: "Have another tenant administrator give the same command within an hour."
        )
    }
}

import FoundationEssentials
package import Keystore

extension RenewalEngine {
    /// How long a key version is kept after it was last in use.
    package var retention: Retention {
        Retention(days: Int((settings.retention.timeInterval / 86_400).rounded(.up)))
    }

    /// One renewal, with what its guards find at this moment.
    package func show(_ renewal: RenewalID) async throws -> RenewalView {
        let scope = try await scope(of: renewal)
        return try await store.read { transaction in
            try RenewalSession(opening: renewal, transaction, scope).view()
        }
    }

    /// The renewals that meet the query, in the order in which they were planned; only those are folded.
    package func list(_ query: RenewalQuery = RenewalQuery()) async throws -> [RenewalView] {
        var views: [RenewalView] = []
        for renewal in try await store.read({ try $0.renewals(query).map(\.id) }) {
            views.append(try await show(renewal))
        }
        return views
    }

    /// The renewal that holds an alias, so that no other exchange of it may happen; `nil` when there is none.
    package func renewal(holding alias: KeyAlias) async throws -> RenewalID? {
        try await store.read { try $0.renewals(.holding(alias)).first?.id }
    }

    /// The renewal whose downtime keeps a flow undeployed, so that nobody else may deploy it; `nil` when there is none.
    package func renewal(keepingUndeployed flow: String) async throws -> RenewalID? {
        try await store.read { try $0.renewals(.keepingUndeployed(flow)).first?.id }
    }

    /// How often each alert was raised in the renewals that have begun and not ended.
    package func alerts() async throws -> [RenewalAlert: Int] {
        try await store.read { try $0.alertCounts() }
    }

    /// A renewal's journal.
    package func journal(of renewal: RenewalID) async throws -> [JournalEntry] {
        let entries = try await store.read { try $0.journal(of: renewal) }
        guard !entries.isEmpty else { throw RenewalRefusal.unknownRenewal(renewal) }
        return entries
    }

    /// What was written to the actor's role at the actor's organisation.
    package func notifications(for actor: Actor) async throws -> [RenewalNotification] {
        let party = Party(role: actor.role, organisation: actor.organisation)
        return try await store.read { try $0.notifications(to: party) }
    }

    /// The actor acknowledges a notification to its role and organisation; doing so again changes nothing.
    package func acknowledge(_ id: RenewalNotification.ID, by actor: Actor) async throws -> RenewalNotification {
        let found = try await store.read { try $0.notification(id) }
        guard let found else { throw RenewalRefusal.unknownNotification(id) }
        guard found.key == nil else { return try await acknowledgeNotice(id, by: actor) }
        _ = try await decide(on: found.renewal, "acknowledge", id.rawValue, by: actor) { session in
            guard let current = try session.transaction.notification(id) else {
                throw RenewalRefusal.unknownNotification(id)
            }
            guard actor.holds(current.addressee) else { throw RenewalRefusal.notAddressee(current, actor) }
            try session.acknowledge(current, by: actor)
        }
        return try await store.read { try $0.notification(id) } ?? found
    }
}

import Keystore
import ManagementAPI
import Renewal
import Timekeeping

/// Exchanges and destroys key versions outside of renewals.
struct KeyChanging {
    let tenant: Tenant

    func exchange(_ name: String, _ request: ExchangeKey, by actor: Actor) async throws -> KeyResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "exchange a key")
        let alias = try KeyAlias(name)
        try checkReason(request.reason)
        let (masterKey, now) = (tenant.masterKey, tenant.clock.now)
        let versions = try await tenant.renewalStore.write { transaction in
            try RenewalCover.check(alias, transaction) { $0.holdsAlias }
            let operations = KeyOperations(
                transaction: transaction,
                masterKey: masterKey,
                now: now,
                actor: actor.description
            )
            let next = try Self.staged(request.version, of: alias, transaction)
            _ = try operations.exchange(to: next)
            try transaction.audit(
                at: now,
                actor: actor.description,
                action: "key.exchange-reason",
                subject: next.description,
                detail: request.reason
            )
            return try transaction.versions(of: alias)
        }
        try await tenant.keyring.refresh()
        guard let key = KeyResource(versions) else { throw KeystoreError.unknownAlias(alias) }
        return key
    }

    func destroy(_ name: String, _ request: DestroyKey, by actor: Actor) async throws -> DestroyKeyAnswer {
        try actor.require(.tenantAdministrator, in: tenant, to: "destroy a key")
        let id = try KeyVersionID(alias: KeyAlias(name), number: request.version)
        try checkReason(request.reason)
        let (masterKey, now, retention) = (tenant.masterKey, tenant.clock.now, tenant.renewals.retention)
        let answer = try await tenant.renewalStore.write { transaction in
            let destruction = DestructionRequest(id: id, transaction: transaction, retention: retention)
            try destruction.checkDestroyable(now: now)
            try RenewalCover.check(id.alias, transaction) { $0 != .planned && !$0.isFinal }
            let operations = KeyOperations(
                transaction: transaction,
                masterKey: masterKey,
                now: now,
                actor: actor.description
            )
            return try destruction.proceed(operations, actor: actor.name, reason: request.reason, now: now)
        }
        try await tenant.keyring.refresh()
        return answer
    }

    private static func staged(
        _ number: Int?,
        of alias: KeyAlias,
        _ transaction: any KeystoreTransaction
    ) throws -> KeyVersionID {
        if let number { return KeyVersionID(alias: alias, number: number) }
        let versions = try transaction.versions(of: alias)
        guard !versions.isEmpty else { throw KeystoreError.unknownAlias(alias) }
        guard let staged = versions.last(where: { $0.state == .staged }) else {
            let isPending = versions.contains { $0.state == .pending }
            throw Refusal(
                .notAllowedNow,
                "\(alias) has no staged version",
                remedy: isPending
                    ? "take the certificate of the pending one first: `rekey key attach \(alias) --certificate FILE`"
                    : "create or import one first"
            )
        }
        return staged.id
    }

    private func checkReason(_ reason: String) throws(Refusal) {
        guard reason.contains(where: { !$0.isWhitespace }), reason.utf8.count <= 1000 else {
            throw .malformed("no reason is given, or one of more than 1000 octets", remedy: "say in a sentence why")
        }
    }
}

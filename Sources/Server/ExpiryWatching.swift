import Cryptography
package import Keystore
import ManagementAPI
import Messaging
import Renewal
import Timekeeping

/// Says in time that certificates end, and opens the renewals that they need.
package struct ExpiryWatching: Sendable {
    /// That a certificate ends, and what was done about it.
    package struct Alert: Sendable {
        /// What is said.
        package let notice: ExpiryNotice
        /// The renewal that was planned; `nil` when one is under way, or none can be planned.
        package let renewal: String?
        /// Why none could be planned; `nil` when none was needed.
        package let obstacle: String?
    }

    private let tenant: Tenant

    /// Watches the keys of `tenant`.
    package init(tenant: Tenant) { self.tenant = tenant }

    /// What is to be said now: each threshold once, in the audit log too.
    ///
    /// For a key that flows use a renewal is planned, unless one is open; people start it. Throws what the store throws.
    package func watch() async throws -> [Alert] {
        let system = Actor(name: "expiry watch", role: .tenantAdministrator, organisation: tenant.organisation)
        let (masterKey, now) = (tenant.masterKey, tenant.clock.now)
        // Mostly nothing: then the store is not held up.
        guard try await !tenant.keystore.read({ try ExpiryWatch.due(in: $0, at: now).isEmpty }) else { return [] }
        // Where a key is used decides what is done about it.
        await tenant.runtime.whenRead()
        let notices = try await tenant.keystore.write { transaction in
            try KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: system.name)
                .watchExpiry()
        }
        var alerts: [Alert] = []
        for notice in notices {
            let version = try await tenant.keystore.read { try $0.version(notice.version) }
            let issuer = version.flatMap { ExpiryWatch.issuer(notice, of: $0) }?.subject
            alerts.append(try await alert(notice, issuer, by: system))
        }
        return alerts
    }

    private func alert(_ notice: ExpiryNotice, _ issuer: String?, by system: Actor) async throws -> Alert {
        let alias = notice.version.alias
        if let issuer {
            // The key stays good: what is needed is a certificate by an issuer that lasts.
            let mend = "have its certificate issued anew, and attach that with `rekey key attach \(alias)`"
            return Alert(notice: notice, renewal: nil, obstacle: "the issuer \(issuer) ends before the key: \(mend)")
        }
        let known = try await tenant.renewalStore.read { try $0.renewals(.of(alias)) }
        guard known.allSatisfy(\.status.isFinal) else { return Alert(notice: notice, renewal: nil, obstacle: nil) }
        do {
            let resource = try await RenewalHandling(tenant: tenant)
                .create(.init(alias: alias.rawValue), by: system)
            return Alert(notice: notice, renewal: resource.id, obstacle: nil)
        } catch {
            return Alert(notice: notice, renewal: nil, obstacle: Refusal(error).detail)
        }
    }
}

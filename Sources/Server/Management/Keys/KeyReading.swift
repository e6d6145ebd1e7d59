import Cryptography
import Keystore
import ManagementAPI
import Messaging
import Renewal

/// Shows keys: all of them to the tenant's roles, to a partner's administrator those that the partner is concerned with.
struct KeyReading {
    private static let pageLimit = 1_000

    let tenant: Tenant

    /// At most `limit` keys after the alias `after`, by alias; fewer only at the end.
    func list(after: String?, limit: Int, for actor: Actor) async throws -> [KeyResource] {
        let visible = try visibility(for: actor)
        let first = try after.map { try KeyAlias($0) }
        let limit = min(limit, Self.pageLimit)
        return try await tenant.keystore.read { transaction in
            var (keys, last) = ([KeyResource](), first)
            while true {
                let aliases = try transaction.aliases(after: last, limit: limit)
                for alias in aliases {
                    let versions = try transaction.versions(of: alias)
                    guard visible.includes(versions), let key = KeyResource(versions) else { continue }
                    keys.append(key)
                    if keys.count == limit { return keys }
                }
                guard aliases.count == limit else { return keys }
                last = aliases.last
            }
        }
    }

    func show(_ alias: String, for actor: Actor) async throws -> KeyResource {
        guard let key = try await KeyResource(versions(of: alias, for: actor)) else {
            throw Refusal.notFound("key \(alias)")
        }
        return key
    }

    func certificate(of alias: String, version: Int, for actor: Actor) async throws -> CertificateResource {
        let versions = try await versions(of: alias, for: actor)
        guard let version = versions.first(where: { $0.id.number == version }), let leaf = version.certificate else {
            throw Refusal.notFound("certificate of \(alias) version \(version)")
        }
        return CertificateResource(
            alias: alias,
            version: version.id.number,
            fingerprint: leaf.fingerprint,
            pem: version.chain.map(\.pem).joined()
        )
    }

    func whereUsed(_ alias: String, for actor: Actor) async throws -> WhereUsed {
        try actor.requireTenant(tenant, to: "see where a key is used")
        let alias = try KeyAlias(alias)
        _ = try await versions(of: alias.rawValue, for: actor)
        let configured = tenant.runtime.uses(of: alias)
        let counters = try await tenant.runtime.keyUses(of: alias)
        var uses = WhereUsed(
            alias: alias.rawValue,
            configured: configured.map(WhereUsed.ConfiguredUse.init),
            transport: tenant.runtime.transportUses(of: alias).map(WhereUsed.TransportUse.init),
            observed: counters.map(LedgerRow.init)
        )
        uses.places = .some(
            WhereUsed.Place.joining(configured, counters) { tenant.runtime.flow($0)?.status }
        )
        return uses
    }

    /// The versions of an alias that `actor` may see; a key that is hidden is not told from one that is not there.
    private func versions(of alias: String, for actor: Actor) async throws -> [KeyVersion] {
        let alias = try KeyAlias(alias)
        let (present, versions) = try await tenant.keystore.read { transaction in
            let present = try transaction.presentAlias(of: alias)
            return (present, try transaction.versions(of: present))
        }
        guard try visibility(for: actor).includes(versions) else { throw KeystoreError.unknownAlias(alias) }
        guard present == alias else { throw KeystoreError.renamed(alias, to: present) }
        return versions
    }

    private func visibility(for actor: Actor) throws(Refusal) -> KeyVisibility {
        guard actor.isPartner else {
            try actor.requireTenant(tenant, to: "see keys")
            return .all
        }
        let aliases = PartnerID(rawValue: actor.organisation).map { tenant.runtime.aliases(with: $0) }
        return .partner(actor.organisation, aliases: aliases ?? [])
    }
}

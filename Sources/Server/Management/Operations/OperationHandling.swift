import Cryptography
import FoundationEssentials
import Keystore
import ManagementAPI
import Renewal
import Timekeeping

/// Shows the audit log, and shows and changes what is known of partners.
struct OperationHandling {
    private static let auditLimit = 1000

    let tenant: Tenant

    func audit(after: Int, limit: Int, for actor: Actor) async throws -> [AuditResource] {
        try actor.require(.tenantAdministrator, in: tenant, to: "see the audit log")
        let limit = min(max(limit, 1), Self.auditLimit)
        return try await tenant.keystore.read { try $0.auditEntries(after: max(0, after), limit: limit) }
            .map(AuditResource.init)
    }

    func partners(for actor: Actor) throws -> [PartnerResource] {
        try actor.requireTenant(tenant, to: "see partners")
        return tenant.partners.all.map(PartnerResource.init)
    }

    func putPartner(_ id: String, _ request: PartnerResource, by actor: Actor) async throws -> PartnerResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "register a partner")
        guard request.id == id else {
            throw Refusal.malformed("the request names \(id) and \(request.id)", remedy: "use one id in both")
        }
        guard
            let keys = PartnerCapability.Keys(rawValue: request.keys),
            let role = PartnerRegistry.Partner.Role(rawValue: request.role)
        else {
            throw Refusal.malformed(
                "unknown capability",
                remedy: "use keys dual or single, and role sender or receiver"
            )
        }
        let partner = try PartnerRegistry.Partner(id: PartnerID(id), keys: keys, role: role)
        try await tenant.partners.set(partner, by: actor, at: tenant.clock.now)
        return PartnerResource(partner)
    }
}

extension PartnerResource {
    init(_ partner: PartnerRegistry.Partner) {
        self.init(id: partner.id.rawValue, keys: partner.keys.rawValue, role: partner.role.rawValue)
    }
}

extension AuditResource {
    init(_ entry: AuditEntry) {
        self.init(
            sequence: entry.sequence,
            at: entry.at,
            actor: entry.actor,
            action: entry.action,
            subject: entry.subject,
            detail: entry.detail,
            previousHash: Hexadecimal.text(entry.previousHash),
            hash: Hexadecimal.text(entry.hash)
        )
    }
}

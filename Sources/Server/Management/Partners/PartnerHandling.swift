import Keystore
import ManagementAPI
import Renewal
import Timekeeping

/// Shows and changes what is known of partners: the tenant's roles see all, a partner's administrator the own one.
struct PartnerHandling {
    let tenant: Tenant

    func list(for actor: Actor) async throws -> [PartnerResource] {
        if !actor.isPartner { try actor.requireTenant(tenant, to: "see partners") }
        let records = try await tenant.renewals.capabilities()
        return tenant.partners.all.filter { actor.sees($0.id) }.map { PartnerResource($0, records) }
    }

    func put(_ id: String, _ request: PartnerResource, by actor: Actor) async throws -> PartnerResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "register a partner")
        guard request.id == id else {
            throw Refusal.malformed("the request names \(id) and \(request.id)", remedy: "use one id in both")
        }
        guard let role = PartnerRegistry.Partner.Role(rawValue: request.role) else {
            throw Refusal.malformed("unknown role", remedy: "use role sender or receiver")
        }
        let partner = try PartnerRegistry.Partner(id: PartnerID(id), keys: Self.keys(request.keys), role: role)
        try await tenant.partners.set(partner, by: actor, at: tenant.clock.now)
        try await tenant.renewals.claimCapability(
            partner.keys.standing,
            of: partner.id,
            PartnerPart.allCases,
            detail: "said of the system as a whole",
            by: actor
        )
        return try await PartnerResource(partner, tenant.renewals.capabilities(of: partner.id))
    }

    func history(of id: String, for actor: Actor) async throws -> [CapabilityResource] {
        if !actor.isPartner { try actor.requireTenant(tenant, to: "see partners") }
        let partner = try known(id, for: actor)
        return try await tenant.renewals.capabilities(of: partner).map(CapabilityResource.init)
    }

    func claim(_ id: String, _ request: ClaimCapability, by actor: Actor) async throws -> [CapabilityResource] {
        let partner = try known(id, for: actor)
        let parts = try request.part.map { word in
            guard let part = PartnerPart(rawValue: word) else {
                throw Refusal.malformed(
                    "`\(word.prefix(40))` is no part",
                    remedy: "use verify or decrypt, or leave it out"
                )
            }
            return [part]
        }
        try await tenant.renewals.claimCapability(
            Self.keys(request.keys).standing,
            of: partner,
            parts ?? PartnerPart.allCases,
            detail: request.note ?? "",
            by: actor
        )
        let records = try await tenant.renewals.capabilities(of: partner)
        return records.current.map(CapabilityResource.init)
    }

    /// A registered partner that `actor` may know of.
    private func known(_ id: String, for actor: Actor) throws -> PartnerID {
        let partner = try PartnerID(id)
        guard actor.sees(partner), tenant.partners.partner(partner) != nil else {
            throw Refusal.unknownPartner(partner)
        }
        return partner
    }

    private static func keys(_ word: String) throws(Refusal) -> PartnerCapability.Keys {
        guard let keys = PartnerCapability.Keys(rawValue: word) else {
            throw Refusal.malformed("unknown capability", remedy: "use keys dual, single or unknown")
        }
        return keys
    }
}

extension Actor {
    fileprivate func sees(_ partner: PartnerID) -> Bool { !isPartner || organisation == partner.rawValue }
}

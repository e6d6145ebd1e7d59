import Keystore
import ManagementAPI
import Messaging
import Renewal

/// Plans and shows renewals, and carries them on.
struct RenewalHandling {
    let tenant: Tenant

    func plan(_ request: PlanRenewal, by actor: Actor) async throws -> RenewalResource {
        try actor.requireTenant(tenant, to: "plan a renewal")
        let view = try await tenant.renewals.preview(
            KeyAlias(request.alias),
            usages: usages(of: KeyAlias(request.alias)),
            capabilities: capabilities(),
            choices: PlanChoices(request.choices)
        )
        return try await reviewed(view, for: actor)
    }

    func create(_ request: PlanRenewal, by actor: Actor) async throws -> RenewalResource {
        let view = try await tenant.renewals.create(
            KeyAlias(request.alias),
            usages: usages(of: KeyAlias(request.alias)),
            capabilities: capabilities(),
            choices: PlanChoices(request.choices),
            by: actor
        )
        return try await reviewed(view, for: actor)
    }

    func change(_ id: String, _ choices: PlanChoicesResource, by actor: Actor) async throws -> RenewalResource {
        let former = try await visible(id, for: actor)
        let view = try await tenant.renewals.change(
            former.id,
            usages: usages(of: former.alias),
            capabilities: capabilities(),
            choices: PlanChoices(choices),
            by: actor
        )
        return try await reviewed(view, for: actor)
    }

    func approve(_ id: String, by actor: Actor) async throws -> RenewalResource {
        let id = try await visible(id, for: actor).id
        return try await reviewed(tenant.renewals.approve(id, by: actor), for: actor)
    }

    func show(_ id: String, for actor: Actor) async throws -> RenewalResource {
        try await reviewed(visible(id, for: actor), for: actor)
    }

    /// The renewal with what has to be known before its approval, which is the tenant's to read.
    private func reviewed(_ view: RenewalView, for actor: Actor) async throws -> RenewalResource {
        var resource = RenewalResource(view, for: actor)
        guard !actor.isPartner, let review = view.review else { return resource }
        resource.review = try await PlanReviewing(tenant: tenant).review(review, of: view)
        return resource
    }

    /// A renewal that `actor` may see; one that is hidden is not told from one that is not there.
    func visible(_ id: String, for actor: Actor) async throws -> RenewalView {
        let view = try await tenant.renewals.show(RenewalID(rawValue: id))
        guard view.concerns(actor, tenant) else { throw Refusal.notFound("renewal \(id.prefix(80))") }
        return view
    }

    /// What the configuration says of partners as a whole, then what the registry knows of their parts.
    private func capabilities() async throws -> [PartnerCapability] {
        let records = try await tenant.renewals.capabilities().current
        return tenant.partners.capabilities
            + records.map { PartnerCapability(partner: $0.partner, part: $0.part, standing: $0.standing) }
    }

    private func usages(of alias: KeyAlias) -> [KeyUsage] {
        tenant.runtime.uses(of: alias).map(KeyUsage.init)
    }
}

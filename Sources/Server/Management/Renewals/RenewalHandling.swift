import Keystore
import ManagementAPI
import Messaging
import Renewal

/// Plans and shows renewals, and carries them on.
struct RenewalHandling {
    let tenant: Tenant

    func plan(_ request: PlanRenewal, by actor: Actor) async throws -> RenewalResource {
        try actor.requireTenant(tenant, to: "plan a renewal")
        let usages = try self.usages(of: KeyAlias(request.alias))
        let view = try await tenant.renewals.preview(
            KeyAlias(request.alias),
            usages: usages,
            capabilities: capabilities(of: usages),
            choices: PlanChoices(request.choices)
        )
        return try await reviewed(view, for: actor)
    }

    func create(_ request: PlanRenewal, by actor: Actor) async throws -> RenewalResource {
        let usages = try self.usages(of: KeyAlias(request.alias))
        let view = try await tenant.renewals.create(
            KeyAlias(request.alias),
            usages: usages,
            capabilities: capabilities(of: usages),
            choices: PlanChoices(request.choices),
            by: actor
        )
        return try await reviewed(view, for: actor)
    }

    func change(_ id: String, _ choices: PlanChoicesResource, by actor: Actor) async throws -> RenewalResource {
        let former = try await visible(id, for: actor)
        let usages = self.usages(of: former.alias)
        let view = try await tenant.renewals.change(
            former.id,
            usages: usages,
            capabilities: capabilities(of: usages),
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

    /// What is known of the partners who use the key: what the configuration says of each as a whole, then what the registry
    /// knows of its parts.
    private func capabilities(of usages: [KeyUsage]) async throws -> [PartnerCapability] {
        var known: [PartnerCapability] = []
        for partner in Set(usages.map(\.partner)).sorted() {
            if let whole = tenant.partners.capability(of: partner) { known.append(whole) }
            known += try await tenant.renewals.capabilities(of: partner).current
                .map { PartnerCapability(partner: $0.partner, part: $0.part, standing: $0.standing) }
        }
        return known
    }

    private func usages(of alias: KeyAlias) -> [KeyUsage] {
        tenant.runtime.uses(of: alias).map(KeyUsage.init)
    }
}

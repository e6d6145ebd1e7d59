import Keystore
import ManagementAPI
import Messaging
import Renewal

/// Plans, shows and carries on renewals.
///
/// Whose step it is, is the engine's to judge: it audits what it refuses.
struct RenewalHandling {
    let tenant: Tenant

    func plan(_ request: PlanRenewal, by actor: Actor) async throws -> RenewalResource {
        try actor.requireTenant(tenant, to: "plan a renewal")
        let view = try await tenant.renewals.preview(
            KeyAlias(request.alias),
            usages: usages,
            capabilities: capabilities()
        )
        return RenewalResource(view, for: actor)
    }

    func create(_ request: PlanRenewal, by actor: Actor) async throws -> RenewalResource {
        let view = try await tenant.renewals.create(
            KeyAlias(request.alias),
            usages: usages,
            capabilities: capabilities(),
            by: actor
        )
        return RenewalResource(view, for: actor)
    }

    func list(for actor: Actor) async throws -> [RenewalResource] {
        try await tenant.renewals.list().filter { $0.concerns(actor, tenant) }.map { RenewalResource($0, for: actor) }
    }

    func show(_ id: String, for actor: Actor) async throws -> RenewalResource {
        try await RenewalResource(visible(id, for: actor), for: actor)
    }

    func journal(of id: String, for actor: Actor) async throws -> [ManagementAPI.JournalEntry] {
        try actor.requireTenant(tenant, to: "see a journal")
        return try await tenant.renewals.journal(of: RenewalID(rawValue: id)).map(ManagementAPI.JournalEntry.init)
    }

    func start(_ id: String, by actor: Actor) async throws -> RenewalResource {
        try await RenewalResource(tenant.renewals.start(RenewalID(rawValue: id), by: actor), for: actor)
    }

    func claim(
        _ step: String,
        of id: String,
        _ request: ClaimStep,
        by actor: Actor
    ) async throws -> RenewalResource {
        let view = try await tenant.renewals.claim(
            StepID(rawValue: step),
            of: RenewalID(rawValue: id),
            by: actor,
            StepInput(request)
        )
        return RenewalResource(view, for: actor)
    }

    func override(
        _ step: String,
        of id: String,
        _ request: GiveReason,
        by actor: Actor
    ) async throws -> RenewalResource {
        let view = try await tenant.renewals.override(
            StepID(rawValue: step),
            of: RenewalID(rawValue: id),
            by: actor,
            reason: request.reason
        )
        return RenewalResource(view, for: actor)
    }

    func rollBack(_ id: String, _ request: GiveReason, by actor: Actor) async throws -> RenewalResource {
        let id = try await visible(id, for: actor).id
        return try await RenewalResource(
            tenant.renewals.rollBack(id, by: actor, reason: request.reason),
            for: actor
        )
    }

    func abort(_ id: String, _ request: GiveReason, by actor: Actor) async throws -> RenewalResource {
        let id = try await visible(id, for: actor).id
        return try await RenewalResource(tenant.renewals.abort(id, by: actor, reason: request.reason), for: actor)
    }

    func probe(_ id: String, _ request: ProbeRenewal, by actor: Actor) async throws -> RenewalResource {
        let id = try await visible(id, for: actor).id
        let view = try await tenant.renewals.probe(id, with: PartnerID(request.partner), by: actor)
        return RenewalResource(view, for: actor)
    }

    func canary(_ id: String, _ request: SetCanary, by actor: Actor) async throws -> RenewalResource {
        let id = try await visible(id, for: actor).id
        let partner = try PartnerID(request.partner)
        let view = try await tenant.renewals.setCanary(id, with: partner, percent: request.share, by: actor)
        return RenewalResource(view, for: actor)
    }

    func notifications(for actor: Actor) async throws -> [NotificationResource] {
        try await tenant.renewals.notifications(for: actor).map(NotificationResource.init)
    }

    func acknowledge(_ id: String, by actor: Actor) async throws -> NotificationResource {
        try await NotificationResource(
            tenant.renewals.acknowledge(RenewalNotification.ID(rawValue: id), by: actor)
        )
    }

    /// A renewal that `actor` may see; one that is hidden is not told from one that is not there.
    private func visible(_ id: String, for actor: Actor) async throws -> RenewalView {
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

    private var usages: [KeyUsage] {
        tenant.runtime.uses().map(KeyUsage.init)
    }
}

extension RenewalView {
    /// Whether `actor` belongs to the tenant, or to a partner with whom the renewal is made.
    fileprivate func concerns(_ actor: Actor, _ tenant: Tenant) -> Bool {
        actor.isPartner
            ? tracks.contains { $0.partner.rawValue == actor.organisation }
            : actor.organisation == tenant.organisation
    }
}

extension StepInput {
    fileprivate init(_ request: ClaimStep) throws(Refusal) {
        var window: DowntimeWindow?
        switch (request.downtimeStart, request.downtimeEnd) {
        case (nil, nil): break
        case (let start?, let end?) where start < end: window = DowntimeWindow(start: start, end: end)
        default:
            throw .malformed("the downtime has no start before its end", remedy: "give both moments, the earlier first")
        }
        self.init(
            certificatePEM: request.certificate,
            fingerprint: request.fingerprint,
            downtime: window,
            keyKind: request.keyKind,
            note: request.note
        )
    }
}

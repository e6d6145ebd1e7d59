import Keystore
import ManagementAPI
import Messaging
import Renewal
import Timekeeping

/// Plans, shows and carries on renewals.
///
/// Whose step it is, is the engine's to judge: it audits what it refuses.
struct RenewalHandling {
    private static let pageLength = 100
    private static let pageLimit = 1_000

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

    /// The page that the parameters of a request ask for, in the order in which the renewals were planned.
    func list(_ parameter: (String) -> String?, for actor: Actor) async throws -> [RenewalResource] {
        var query = RenewalQuery()
        query.limit = min(try number("limit", parameter) ?? Self.pageLength, Self.pageLimit)
        query.after = parameter("after").map { RenewalID(rawValue: $0) }
        query.alias = try parameter("alias").map { try KeyAlias($0) }
        if let state = parameter("state") {
            guard let status = RenewalStatus(rawValue: state) else {
                let states = RenewalStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw Refusal.malformed("no renewal is \(state.prefix(32))", remedy: "ask for one of \(states)")
            }
            query.statuses = [status]
        }
        query.partner =
            try actor.isPartner ? PartnerID(actor.organisation) : parameter("partner").map { try PartnerID($0) }
        return try await tenant.renewals.list(query).filter { $0.concerns(actor, tenant) }
            .map { RenewalResource($0, for: actor) }
    }

    private func number(_ name: String, _ parameter: (String) -> String?) throws -> Int? {
        guard let text = parameter(name) else { return nil }
        guard let number = Int(text), number > 0 else {
            throw Refusal.malformed("\(name) is \(text.prefix(32))", remedy: "give a number above 0")
        }
        return number
    }

    func show(_ id: String, for actor: Actor) async throws -> RenewalResource {
        try await reviewed(visible(id, for: actor), for: actor)
    }

    func journal(of id: String, for actor: Actor) async throws -> [ManagementAPI.JournalEntry] {
        try actor.requireTenant(tenant, to: "see a journal")
        return try await tenant.renewals.journal(of: RenewalID(rawValue: id)).map(ManagementAPI.JournalEntry.init)
    }

    /// The evidence of a renewal as one HTML file; that it was made is in the audit log, which is signed with it.
    func evidence(of id: String, for actor: Actor) async throws -> EvidenceResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "take the evidence of a renewal with you")
        let view = try await tenant.renewals.show(RenewalID(rawValue: id))
        let (now, organisation) = (tenant.clock.now, tenant.organisation)
        let signing = AuditSigning(masterKey: tenant.masterKey, actor: "rekey")
        let evidence = try await tenant.renewalStore.write { transaction in
            try transaction.audit(
                at: now,
                actor: actor.description,
                action: "renewal.evidence",
                subject: view.id.rawValue,
                detail: ""
            )
            try signing.sign(transaction, at: now, isForced: true)
            return try RenewalEvidence(of: view, transaction, tenant: organisation, at: now, by: actor)
        }
        return EvidenceResource(renewal: id, html: EvidencePage(evidence: evidence).text)
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
        if let partner = try request.partner.map({ try PartnerID($0) }) {
            let view = try await tenant.renewals.rollBack(id, partner: partner, by: actor, reason: request.reason)
            return RenewalResource(view, for: actor)
        }
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

    /// The renewal with what has to be known before its approval, which is the tenant's to read.
    private func reviewed(_ view: RenewalView, for actor: Actor) async throws -> RenewalResource {
        var resource = RenewalResource(view, for: actor)
        guard !actor.isPartner, let review = view.review else { return resource }
        resource.review = try await PlanReviewing(tenant: tenant).review(review, of: view)
        return resource
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

    private func usages(of alias: KeyAlias) -> [KeyUsage] {
        tenant.runtime.uses(of: alias).map(KeyUsage.init)
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

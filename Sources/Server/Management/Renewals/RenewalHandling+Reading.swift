import Keystore
import ManagementAPI
import Renewal
import Timekeeping

/// Lists, journals, evidence and what a person was told.
extension RenewalHandling {
    private static let pageLength = 100
    private static let pageLimit = 1_000

    /// The page that the parameters of a request ask for, in the order in which the renewals were planned.
    func list(_ parameters: QueryParameters, for actor: Actor) async throws -> [RenewalResource] {
        var query = RenewalQuery()
        query.limit = min(try parameters.number("limit") ?? Self.pageLength, Self.pageLimit)
        query.after = parameters.text("after").map { RenewalID(rawValue: $0) }
        query.alias = try parameters.text("alias").map { try KeyAlias($0) }
        if let status: RenewalStatus = try parameters.choice("state", of: "renewal") { query.statuses = [status] }
        query.partner =
            try actor.isPartner ? PartnerID(actor.organisation) : parameters.text("partner").map { try PartnerID($0) }
        return try await tenant.renewals.list(query).filter { $0.concerns(actor, tenant) }
            .map { RenewalResource($0, for: actor) }
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

    func notifications(for actor: Actor) async throws -> [NotificationResource] {
        try await tenant.renewals.notifications(for: actor).map(NotificationResource.init)
    }

    func acknowledge(_ id: String, by actor: Actor) async throws -> NotificationResource {
        try await NotificationResource(
            tenant.renewals.acknowledge(RenewalNotification.ID(rawValue: id), by: actor)
        )
    }
}

extension RenewalView {
    /// Whether `actor` belongs to the tenant, or to a partner with whom the renewal is made.
    func concerns(_ actor: Actor, _ tenant: Tenant) -> Bool {
        actor.isPartner
            ? tracks.contains { $0.partner.rawValue == actor.organisation }
            : actor.organisation == tenant.organisation
    }
}

import Keystore
import ManagementAPI
import Renewal

/// Steps, ways back and trials: whose they are, is the engine's to judge, which audits what it refuses.
extension RenewalHandling {
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
            version: request.version,
            keyToken: request.keyToken,
            note: request.note
        )
    }
}

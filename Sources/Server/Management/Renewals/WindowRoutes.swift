import Hummingbird
import ManagementAPI
import Renewal

/// The paths of downtimes below `/renewals/{id}`: each answers with the downtimes as they then are.
struct WindowRoutes {
    let tenant: Tenant

    func add(to api: some RouterMethods<ManagementContext>) {
        api.get("renewals/:renewal/windows") { _, context in
            try await Response.json(list(id(context), for: context.actor()))
        }
        api.post("renewals/:renewal/window/propose") { request, context in
            let (actor, id) = try (context.actor(), id(context))
            let asked = try await request.value(ProposeWindow.self)
            let step = asked.step.map { StepID(rawValue: $0) }
            _ = try await tenant.renewals.propose(WindowProposal(asked), at: step, of: id, by: actor)
            return try await Response.json(list(id, for: actor))
        }
        api.post("renewals/:renewal/window/accept") { request, context in
            let (actor, id) = try (context.actor(), id(context))
            let step = try await request.value(AnswerWindow.self).step.map { StepID(rawValue: $0) }
            _ = try await tenant.renewals.acceptWindow(at: step, of: id, by: actor)
            return try await Response.json(list(id, for: actor))
        }
        api.post("renewals/:renewal/window/cancel") { request, context in
            let (actor, id) = try (context.actor(), id(context))
            let asked = try await request.value(AnswerWindow.self)
            let step = asked.step.map { StepID(rawValue: $0) }
            _ = try await tenant.renewals.cancelWindow(at: step, of: id, by: actor, reason: asked.reason ?? "")
            return try await Response.json(list(id, for: actor))
        }
    }

    private func id(_ context: ManagementContext) throws -> RenewalID {
        RenewalID(rawValue: try context.name("renewal"))
    }

    /// The downtimes that concern `actor`; a renewal without any of those is not told from one that is not there.
    private func list(_ id: RenewalID, for actor: Actor) async throws -> [WindowResource] {
        let downtimes = try await tenant.renewals.downtimes(of: id)
        guard actor.organisation != tenant.organisation else { return downtimes.map(WindowResource.init) }
        let own = downtimes.filter { $0.parties.contains { $0.organisation == actor.organisation } }
        guard !own.isEmpty else { throw Refusal.notFound("downtime of a renewal \(id.rawValue.prefix(80)) with you") }
        return own.map(WindowResource.init)
    }
}

extension WindowResource {
    fileprivate init(_ view: DowntimeView) {
        self.init(
            step: view.id.rawValue,
            parties: view.parties.map(\.description),
            state: view.window == nil ? "none" : view.agreed.count > 1 ? "agreed" : "proposed",
            start: view.window?.start,
            end: view.window?.end,
            agreedBy: view.agreed.map(\.description),
            conduct: view.conduct.rawValue,
            rollsBack: view.rollsBack,
            note: view.note,
            sequence: view.sequence,
            beganAt: view.beganAt,
            endedAt: view.endedAt,
            lastOldAt: view.lastOldAt,
            firstNewAt: view.firstNewAt,
            hasOverrun: view.hasOverrun,
            takenBack: view.takenBack.isEmpty
                ? nil : view.takenBack.map { TakenBack(beganAt: $0.start, endedAt: $0.end) }
        )
    }
}

extension WindowProposal {
    fileprivate init(_ request: ProposeWindow) throws(Refusal) {
        guard request.start < request.end else {
            throw .malformed("the downtime has no start before its end", remedy: "give both moments, the earlier first")
        }
        guard let conduct = Conduct(rawValue: request.conduct ?? Conduct.undeploy.rawValue) else {
            throw .malformed("there is no such conduct", remedy: "write undeploy or hold")
        }
        guard (request.note ?? "").utf8.count <= 1000 else {
            throw .malformed("the note is too long", remedy: "write 1000 octets at the most")
        }
        self.init(
            window: DowntimeWindow(start: request.start, end: request.end),
            conduct: conduct,
            rollsBack: request.rollsBack ?? false,
            note: request.note
        )
    }
}

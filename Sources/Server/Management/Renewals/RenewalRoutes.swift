import Hummingbird
import ManagementAPI

/// The paths below `/renewals` and `/notifications`.
struct RenewalRoutes {
    let handling: RenewalHandling

    func add(to api: some RouterMethods<ManagementContext>) {
        addPlanning(to: api)
        addActing(to: api)
        api.get("notifications") { [handling] _, context in
            try await Response.json(handling.notifications(for: context.actor()))
        }
        api.post("notifications/:notification/acknowledge") { [handling] _, context in
            try await Response.json(handling.acknowledge(context.name("notification"), by: context.actor()))
        }
    }

    private func addPlanning(to api: some RouterMethods<ManagementContext>) {
        api.post("renewals/plan") { [handling] request, context in
            let actor = try context.actor()
            return try await Response.json(handling.plan(request.value(PlanRenewal.self), by: actor))
        }
        api.post("renewals") { [handling] request, context in
            let actor = try context.actor()
            return try await Response.json(
                handling.create(request.value(PlanRenewal.self), by: actor),
                status: .created
            )
        }
        api.post("renewals/:renewal/plan") { [handling] request, context in
            let actor = try context.actor()
            let choices = try await request.value(PlanChoicesResource.self)
            return try await Response.json(handling.change(context.name("renewal"), choices, by: actor))
        }
        api.post("renewals/:renewal/approve") { [handling] _, context in
            try await Response.json(handling.approve(context.name("renewal"), by: context.actor()))
        }
        api.get("renewals") { [handling] request, context in
            try await Response.json(handling.list(QueryParameters(request), for: context.actor()))
        }
        api.get("renewals/:renewal") { [handling] _, context in
            try await Response.json(handling.show(context.name("renewal"), for: context.actor()))
        }
        api.post("renewals/:renewal/evidence") { [handling] _, context in
            try await Response.json(handling.evidence(of: context.name("renewal"), for: context.actor()))
        }
        api.get("renewals/:renewal/journal") { [handling] _, context in
            try await Response.json(handling.journal(of: context.name("renewal"), for: context.actor()))
        }
    }

    private func addActing(to api: some RouterMethods<ManagementContext>) {
        api.post("renewals/:renewal/start") { [handling] _, context in
            try await Response.json(handling.start(context.name("renewal"), by: context.actor()))
        }
        api.post("renewals/:renewal/steps/:step/claim") { [handling] request, context in
            let actor = try context.actor()
            let claim = try await request.value(ClaimStep.self)
            return try await Response.json(
                handling.claim(context.name("step"), of: context.name("renewal"), claim, by: actor)
            )
        }
        api.post("renewals/:renewal/steps/:step/override") { [handling] request, context in
            let actor = try context.actor()
            let reason = try await request.value(GiveReason.self)
            return try await Response.json(
                handling.override(context.name("step"), of: context.name("renewal"), reason, by: actor)
            )
        }
        api.post("renewals/:renewal/rollback") { [handling] request, context in
            let actor = try context.actor()
            let reason = try await request.value(GiveReason.self)
            return try await Response.json(handling.rollBack(context.name("renewal"), reason, by: actor))
        }
        api.post("renewals/:renewal/probe") { [handling] request, context in
            let actor = try context.actor()
            let probe = try await request.value(ProbeRenewal.self)
            return try await Response.json(handling.probe(context.name("renewal"), probe, by: actor))
        }
        api.post("renewals/:renewal/canary") { [handling] request, context in
            let actor = try context.actor()
            let canary = try await request.value(SetCanary.self)
            return try await Response.json(handling.canary(context.name("renewal"), canary, by: actor))
        }
        api.post("renewals/:renewal/abort") { [handling] request, context in
            let actor = try context.actor()
            let reason = try await request.value(GiveReason.self)
            return try await Response.json(handling.abort(context.name("renewal"), reason, by: actor))
        }
    }
}

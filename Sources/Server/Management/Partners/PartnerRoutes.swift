import Hummingbird
import ManagementAPI

/// The paths below `/partners`.
struct PartnerRoutes {
    let handling: PartnerHandling

    func add(to api: some RouterMethods<ManagementContext>) {
        api.get("partners") { [handling] _, context in
            try await Response.json(handling.list(for: context.actor()))
        }
        api.put("partners/:partner") { [handling] request, context in
            let partner = try await request.value(PartnerResource.self)
            return try await Response.json(handling.put(context.name("partner"), partner, by: context.actor()))
        }
        api.get("partners/:partner/capabilities") { [handling] _, context in
            try await Response.json(handling.history(of: context.name("partner"), for: context.actor()))
        }
        api.post("partners/:partner/capabilities") { [handling] request, context in
            let claim = try await request.value(ClaimCapability.self)
            return try await Response.json(handling.claim(context.name("partner"), claim, by: context.actor()))
        }
    }
}

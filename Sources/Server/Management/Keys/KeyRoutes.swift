import Hummingbird
import ManagementAPI

/// The paths below `/keys`.
struct KeyRoutes {
    private let reading: KeyReading
    private let adding: KeyAdding
    private let changing: KeyChanging
    private let compromise: KeyCompromise
    private let renaming: KeyRenaming
    private let overdue: OverdueKeys

    init(tenant: Tenant) {
        reading = KeyReading(tenant: tenant)
        adding = KeyAdding(tenant: tenant)
        changing = KeyChanging(tenant: tenant)
        compromise = KeyCompromise(tenant: tenant)
        renaming = KeyRenaming(tenant: tenant)
        overdue = OverdueKeys(tenant: tenant)
    }

    func add(to api: some RouterMethods<ManagementContext>) {
        addReading(to: api)
        api.post("keys") { [adding] request, context in
            let actor = try context.actor()
            return try await Response.json(
                adding.add(request.value(AddKeyVersion.self), by: actor),
                status: .created
            )
        }
        api.post("keys/:alias/exchange") { [changing] request, context in
            let actor = try context.actor()
            let body = try await request.value(ExchangeKey.self)
            return try await Response.json(changing.exchange(context.name("alias"), body, by: actor))
        }
        api.post("keys/:alias/rename") { [renaming] request, context in
            let actor = try context.actor()
            let body = try await request.value(RenameKey.self)
            return try await Response.json(renaming.rename(context.name("alias"), body, by: actor))
        }
        api.post("keys/:alias/compromise") { [compromise] request, context in
            let actor = try context.actor()
            let body = try await request.value(CompromiseKey.self)
            return try await Response.json(compromise.declare(context.name("alias"), body, by: actor))
        }
        api.post("keys/:alias/destroy") { [changing] request, context in
            let actor = try context.actor()
            let body = try await request.value(DestroyKey.self)
            return try await Response.json(changing.destroy(context.name("alias"), body, by: actor))
        }
    }

    private func addReading(to api: some RouterMethods<ManagementContext>) {
        api.get("keys") { [reading] request, context in
            let parameters = QueryParameters(request)
            let limit = try parameters.number("limit") ?? 1_000
            return try await Response.json(
                reading.list(after: parameters.text("after"), limit: limit, for: context.actor())
            )
        }
        api.get("destructions") { [overdue] _, context in
            try await Response.json(overdue.list(for: context.actor()))
        }
        api.get("keys/:alias") { [reading] _, context in
            try await Response.json(reading.show(context.name("alias"), for: context.actor()))
        }
        api.get("keys/:alias/where-used") { [reading] _, context in
            try await Response.json(reading.whereUsed(context.name("alias"), for: context.actor()))
        }
        api.get("keys/:alias/versions/:version/certificate") { [reading] _, context in
            guard let version = try Int(context.name("version")) else { throw Refusal.notFound("such version") }
            return try await Response.json(
                reading.certificate(of: context.name("alias"), version: version, for: context.actor())
            )
        }
    }
}

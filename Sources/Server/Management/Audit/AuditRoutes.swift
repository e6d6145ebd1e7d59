import Hummingbird
import ManagementAPI

/// The paths below `/audit`.
struct AuditRoutes {
    let handling: AuditHandling

    func add(to api: some RouterMethods<ManagementContext>) {
        api.get("audit") { [handling] request, context in
            let (after, limit) = try Self.page(request)
            return try await Response.json(handling.entries(after: after, limit: limit, for: context.actor()))
        }
        api.get("audit/checkpoints") { [handling] request, context in
            let (after, limit) = try Self.page(request)
            return try await Response.json(handling.checkpoints(after: after, limit: limit, for: context.actor()))
        }
        api.post("audit/exports") { [handling] request, context in
            let actor = try context.actor()
            return try await Response.json(handling.export(request.value(ExportAudit.self), by: actor))
        }
    }

    private static func page(_ request: Request) throws -> (after: Int, limit: Int) {
        let parameters = QueryParameters(request)
        return (try parameters.number("after", from: 0) ?? 0, try parameters.number("limit") ?? 1000)
    }
}

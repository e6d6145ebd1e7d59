import Hummingbird
import ManagementAPI
import Renewal

/// The paths `/me` and `/audit`.
struct OperationRoutes {
    let handling: OperationHandling

    func add(to api: some RouterMethods<ManagementContext>) {
        api.get("me") { _, context in
            let actor = try context.actor()
            return try Response.json(
                Person(name: actor.name, role: actor.role.rawValue, organisation: actor.organisation)
            )
        }
        api.get("audit") { [handling] request, context in
            let after = request.uri.queryParameters.get("after", as: Int.self) ?? 0
            let limit = request.uri.queryParameters.get("limit", as: Int.self) ?? 1000
            return try await Response.json(handling.audit(after: after, limit: limit, for: context.actor()))
        }
    }
}

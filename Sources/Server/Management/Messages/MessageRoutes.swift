import Hummingbird
import ManagementAPI

/// The paths `/messages…` but `/messages/summary`.
struct MessageRoutes {
    let handling: MessageHandling

    func add(to api: some RouterMethods<ManagementContext>) {
        api.get("messages") { [handling] request, context in
            try await Response.json(handling.list(QueryParameters(request), for: context.actor()))
        }
        api.post("messages/:message/retry") { [handling] _, context in
            try await Response.json(handling.retry(context.name("message"), by: context.actor()))
        }
        api.post("messages/:message/discard") { [handling] request, context in
            let actor = try context.actor()
            let order = try await request.value(DiscardMessage.self)
            return try await Response.json(handling.discard(context.name("message"), order, by: actor))
        }
    }
}

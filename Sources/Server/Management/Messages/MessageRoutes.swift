import Hummingbird
import ManagementAPI

/// The paths `/messages…` but `/messages/summary`.
struct MessageRoutes {
    let handling: MessageHandling

    func add(to api: some RouterMethods<ManagementContext>) {
        api.get("messages") { [handling] request, context in
            let parameters = request.uri.queryParameters
            let selection = MessageSelection(
                flow: parameters["flow"].map(String.init),
                state: parameters["state"].map(String.init),
                id: parameters["id"].map(String.init),
                limit: parameters["limit"].map(String.init)
            )
            return try await Response.json(handling.list(selection, for: context.actor()))
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

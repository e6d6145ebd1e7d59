import Hummingbird
import ManagementAPI

/// The path `/messages/log`.
struct ExchangeRoutes {
    let handling: ExchangeHandling

    func add(to api: some RouterMethods<ManagementContext>) {
        api.get("messages/log") { [handling] request, context in
            try await Response.json(handling.page(QueryParameters(request), for: context.actor()))
        }
    }
}

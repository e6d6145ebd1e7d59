import Hummingbird
import ManagementAPI

/// The path `/messages/log`.
struct ExchangeRoutes {
    let handling: ExchangeHandling

    func add(to api: some RouterMethods<ManagementContext>) {
        api.get("messages/log") { [handling] request, context in
            let parameters = request.uri.queryParameters
            let page = try await handling.page({ parameters[Substring($0)].map(String.init) }, for: context.actor())
            return try Response.json(page)
        }
    }
}

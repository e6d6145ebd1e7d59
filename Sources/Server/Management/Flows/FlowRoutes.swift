import Hummingbird
import ManagementAPI

/// The paths `/flows…`, `/messages/summary` and `/ledger`.
struct FlowRoutes {
    let handling: FlowHandling

    func add(to api: some RouterMethods<ManagementContext>) {
        api.get("flows") { [handling] _, context in
            try await Response.json(handling.list(for: context.actor()))
        }
        api.put("flows/:flow") { [handling] request, context in
            let actor = try context.actor()
            return try await Response.json(handling.put(context.name("flow"), yaml: request.text(), by: actor))
        }
        api.post("flows/:flow/deploy") { [handling] _, context in
            try await Response.json(handling.deploy(context.name("flow"), by: context.actor()))
        }
        api.post("flows/:flow/undeploy") { [handling] _, context in
            try await Response.json(handling.undeploy(context.name("flow"), by: context.actor()))
        }
        api.get("flows/:flow/hold") { [handling] request, context in
            let seconds = request.uri.queryParameters["for"].map(String.init)
            return try await Response.json(handling.forecast(context.name("flow"), for: seconds, for: context.actor()))
        }
        api.post("flows/:flow/hold") { [handling] request, context in
            let parameters = request.uri.queryParameters
            let seconds = parameters["for"].map(String.init)
            let anyway = parameters["anyway"] == "true"
            let actor = try context.actor()
            return try await Response.json(handling.hold(context.name("flow"), for: seconds, anyway: anyway, by: actor))
        }
        api.post("flows/:flow/release") { [handling] _, context in
            try await Response.json(handling.release(context.name("flow"), by: context.actor()))
        }
        api.get("messages/summary") { [handling] _, context in
            try await Response.json(handling.summaries(for: context.actor()))
        }
        api.get("ledger") { [handling] _, context in
            try await Response.json(handling.ledger(for: context.actor()))
        }
    }
}

import Hummingbird
import ManagementAPI

/// The paths `/captures…` and `/flows/{id}/capture…`.
struct CaptureRoutes {
    let handling: CaptureHandling

    func add(to api: some RouterMethods<ManagementContext>) {
        api.post("flows/:flow/capture") { [handling] request, context in
            let actor = try context.actor()
            let order = try await request.value(CaptureFlow.self)
            return try await Response.json(handling.start(context.name("flow"), order, by: actor))
        }
        api.post("flows/:flow/capture/stop") { [handling] request, context in
            let actor = try context.actor()
            let end = try await request.value(StopCapture.self)
            return try await Response.json(handling.stop(context.name("flow"), end, by: actor))
        }
        api.get("captures") { [handling] request, context in
            let flow = request.uri.queryParameters["flow"].map(String.init)
            return try await Response.json(handling.list(flow, for: context.actor()))
        }
        api.get("captures/:capture") { [handling] _, context in
            try await Response.json(handling.content(context.name("capture"), for: context.actor()))
        }
    }
}

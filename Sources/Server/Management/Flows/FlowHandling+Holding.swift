import ManagementAPI
import Messaging
import Renewal

/// Stops a flow's deliveries and lets them go on.
extension FlowHandling {
    func forecast(_ id: String, for seconds: String?, for actor: Actor) async throws -> HoldForecastResource {
        try actor.requireTenant(tenant, to: "see what a hold would store")
        guard let window = try window(seconds) else {
            throw Refusal.malformed("no length is given", remedy: "give `for` in seconds")
        }
        return HoldForecastResource(try await tenant.runtime.forecast(of: known(id), for: window))
    }

    /// `seconds` is how long it is to last, when that is known: it must have room then, unless `anyway`.
    func hold(_ id: String, for seconds: String?, anyway: Bool, by actor: Actor) async throws -> UndeployAnswer {
        try actor.require(.integrationDeveloper, in: tenant, to: "hold a flow")
        let flow = try await known(id)
        guard tenant.runtime.flow(flow)?.status != .undeployed else {
            throw Refusal(
                .notAllowedNow,
                "the flow \(flow) is undeployed",
                remedy: "deploy it; a held flow accepts messages"
            )
        }
        var forecast: HoldForecast?
        if let window = try window(seconds) { forecast = try await tenant.runtime.forecast(of: flow, for: window) }
        if let forecast, !forecast.fits, !anyway { throw Refusal(noRoomFor: forecast) }
        let report = try await tenant.runtime.hold(flow, drainBound: Self.drainBound)
        try await audit("flow.hold", flow, by: actor)
        return UndeployAnswer(
            id: id,
            drained: report.isDrained,
            inFlight: report.cutOff,
            forecast: forecast.map(HoldForecastResource.init)
        )
    }

    func release(_ id: String, by actor: Actor) async throws -> FlowResource {
        try actor.require(.integrationDeveloper, in: tenant, to: "release a flow")
        let flow = try await known(id)
        guard tenant.runtime.flow(flow)?.status == .held else {
            throw Refusal(.notAllowedNow, "the flow \(flow) is not held", remedy: "an undeployed flow is deployed")
        }
        try await checkDowntime(flow)
        try await tenant.runtime.redeploy(flow)
        try await audit("flow.release", flow, by: actor)
        return try await resource(flow)
    }

    /// A length in whole seconds, of a year at the most.
    private func window(_ seconds: String?) throws -> Duration? {
        guard let seconds else { return nil }
        guard let number = Int(seconds), (1...31_536_000).contains(number) else {
            throw Refusal.malformed("`for` is \(seconds.prefix(32))", remedy: "give seconds, from 1 to 31536000")
        }
        return .seconds(number)
    }
}

import FoundationEssentials
import Keystore
import ManagementAPI
import Messaging
import Renewal
import Timekeeping

/// Shows, deploys and undeploys integration flows.
struct FlowHandling {
    private static let drainBound = Duration.seconds(60)

    let tenant: Tenant

    func list(for actor: Actor) async throws -> [FlowResource] {
        try actor.requireTenant(tenant, to: "see flows")
        let captures = tenant.runtime.captures
        return try await tenant.messaging.read { try $0.flowRecords() }
            .map { FlowResource($0.flow, $0.status, capture: captures[$0.flow.id]) }
    }

    func put(_ id: String, yaml: String, by actor: Actor) async throws -> FlowResource {
        try actor.require(.integrationDeveloper, in: tenant, to: "change a flow")
        let flow = try IntegrationFlow(yaml: yaml, file: id)
        guard flow.id.rawValue == id else {
            throw Refusal.malformed(
                "the document describes the flow \(flow.id), the request names \(id)",
                remedy: "use the flow's own name in both"
            )
        }
        try await checkDowntime(flow.id)
        try await tenant.runtime.deploy(flow)
        try await audit("flow.deploy", flow.id, by: actor)
        return try await resource(flow.id)
    }

    func deploy(_ id: String, by actor: Actor) async throws -> FlowResource {
        try actor.require(.integrationDeveloper, in: tenant, to: "deploy a flow")
        let flow = try await known(id)
        try await checkDowntime(flow)
        try await tenant.runtime.redeploy(flow)
        try await audit("flow.deploy", flow, by: actor)
        return try await resource(flow)
    }

    func undeploy(_ id: String, by actor: Actor) async throws -> UndeployAnswer {
        try actor.require(.integrationDeveloper, in: tenant, to: "undeploy a flow")
        let flow = try await known(id)
        let report = try await tenant.runtime.undeploy(flow, drainBound: Self.drainBound)
        try await audit("flow.undeploy", flow, by: actor)
        return UndeployAnswer(id: id, drained: report.isDrained, inFlight: report.cutOff)
    }

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

    func summaries(for actor: Actor) async throws -> [MessageSummary] {
        try actor.requireTenant(tenant, to: "see what became of messages")
        return try await tenant.runtime.summaries().map(MessageSummary.init)
    }

    func ledger(for actor: Actor) async throws -> [LedgerRow] {
        try actor.requireTenant(tenant, to: "see the key-use ledger")
        return try await tenant.runtime.keyUses().map(LedgerRow.init)
    }

    /// During a downtime no message protected with either key may leave, so the flow is deployed by the renewal's step.
    private func checkDowntime(_ flow: FlowID) async throws {
        guard let renewal = try await tenant.renewals.renewal(keepingUndeployed: flow.rawValue) else { return }
        throw Refusal(
            .coveredByRenewal,
            "the downtime of the renewal \(renewal) keeps the flow \(flow) undeployed",
            remedy: "deploy it by that renewal's step, or abort that renewal first"
        )
    }

    private func known(_ id: String) async throws -> FlowID {
        guard let flow = FlowID(rawValue: id), try await tenant.messaging.read({ try $0.flowRecord(flow) }) != nil
        else {
            throw Refusal.notFound("flow \(id.prefix(64))")
        }
        return flow
    }

    private func resource(_ id: FlowID) async throws -> FlowResource {
        guard let record = try await tenant.messaging.read({ try $0.flowRecord(id) }) else {
            throw Refusal.notFound("flow \(id)")
        }
        return FlowResource(record.flow, record.status, capture: tenant.runtime.captures[id])
    }

    private func audit(_ action: String, _ flow: FlowID, by actor: Actor) async throws {
        let now = tenant.clock.now
        try await tenant.keystore.write { transaction in
            try transaction.audit(
                at: now,
                actor: actor.description,
                action: action,
                subject: flow.rawValue,
                detail: ""
            )
        }
    }
}

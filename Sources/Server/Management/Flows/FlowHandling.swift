import FoundationEssentials
import Keystore
import ManagementAPI
import Messaging
import Renewal
import Timekeeping

/// Shows, deploys and undeploys integration flows.
struct FlowHandling {
    static let drainBound = Duration.seconds(60)

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

    func summaries(for actor: Actor) async throws -> [MessageSummary] {
        try actor.requireTenant(tenant, to: "see what became of messages")
        return try await tenant.runtime.summaries().map(MessageSummary.init)
    }

    func ledger(for actor: Actor) async throws -> [LedgerRow] {
        try actor.requireTenant(tenant, to: "see the key-use ledger")
        return try await tenant.runtime.keyUses().map(LedgerRow.init)
    }

    /// During a downtime no message protected with either key may leave, so the flow is deployed by the renewal's step.
    func checkDowntime(_ flow: FlowID) async throws {
        guard let renewal = try await tenant.renewals.renewal(keepingUndeployed: flow.rawValue) else { return }
        throw Refusal(
            .coveredByRenewal,
            "the downtime of the renewal \(renewal) keeps the flow \(flow) undeployed",
            remedy: "deploy it by that renewal's step, or abort that renewal first"
        )
    }

    func known(_ id: String) async throws -> FlowID {
        let flow = try FlowID(named: id)
        guard try await tenant.messaging.read({ try $0.flowRecord(flow) }) != nil else {
            throw Refusal.notFound("flow \(id.prefix(64))")
        }
        return flow
    }

    func resource(_ id: FlowID) async throws -> FlowResource {
        guard let record = try await tenant.messaging.read({ try $0.flowRecord(id) }) else {
            throw Refusal.notFound("flow \(id)")
        }
        return FlowResource(record.flow, record.status, capture: tenant.runtime.captures[id])
    }

    func audit(_ action: String, _ flow: FlowID, by actor: Actor) async throws {
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

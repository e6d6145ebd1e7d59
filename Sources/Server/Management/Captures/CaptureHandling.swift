import FoundationEssentials
import ManagementAPI
import Messaging
import Renewal

/// Lets the tenant administrator keep messages with their content, for a while, and read them.
struct CaptureHandling {
    private static let listLimit = 1000
    private static let reasonLimit = 500

    let tenant: Tenant

    func start(_ flow: String, _ order: CaptureFlow, by actor: Actor) async throws -> CaptureOrderResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "capture messages")
        let terms = tenant.runtime.captureTerms
        let longest = Int(terms.longest.components.seconds)
        guard (1...longest).contains(order.seconds) else {
            throw Refusal.malformed(
                "a capture of \(order.seconds) seconds",
                remedy: "capture for 1 to \(longest) seconds, or raise `capture.longest` in the configuration"
            )
        }
        let exchanges = order.exchanges ?? terms.exchangeLimit
        guard (1...terms.exchangeLimit).contains(exchanges) else {
            throw Refusal.malformed(
                "a capture of \(exchanges) exchanges",
                remedy: "capture 1 to \(terms.exchangeLimit), or raise `capture.exchanges` in the configuration"
            )
        }
        let begun = try await tenant.runtime.capture(
            FlowID(named: flow),
            for: .seconds(order.seconds),
            exchangeLimit: exchanges,
            reason: String((order.reason ?? "").prefix(Self.reasonLimit)),
            by: actor.description
        )
        return CaptureOrderResource(begun)
    }

    func stop(_ flow: String, _ end: StopCapture, by actor: Actor) async throws -> CaptureOrderResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "end a capture")
        let ended = try await tenant.runtime.endCapture(
            of: FlowID(named: flow),
            erasing: end.erase,
            by: actor.description
        )
        guard let ended else { throw Refusal.notFound("capture of \(flow.prefix(64))") }
        return CaptureOrderResource(ended)
    }

    func list(_ flow: String?, for actor: Actor) async throws -> [CaptureResource] {
        try actor.requireTenant(tenant, to: "see what was captured")
        let messages = try await tenant.runtime.capturedMessages(
            of: flow.map { text throws(Refusal) in try FlowID(named: text) },
            limit: Self.listLimit
        )
        return messages.map { CaptureResource($0, nil) }
    }

    func content(_ name: String, for actor: Actor) async throws -> CaptureResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "read captured messages")
        guard let id = Int(name),
            let (message, content) = try await tenant.runtime.capturedMessage(id, by: actor.description)
        else { throw Refusal.notFound("captured message \(name.prefix(32))") }
        return CaptureResource(message, content)
    }
}

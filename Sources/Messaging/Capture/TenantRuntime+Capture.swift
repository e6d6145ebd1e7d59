import FoundationEssentials
import Keystore

/// Keeping messages with their content, and reading them.
extension TenantRuntime {
    /// The bounds of captures.
    package var captureTerms: CaptureTerms { context.configuration.capture }

    /// The latest order of each flow that was captured.
    package var captures: [FlowID: CaptureOrder] { context.captures.orders }

    /// Keeps the flow's exchanges from now on, until the order ends; audited.
    ///
    /// Throws `DeploymentError.unknownFlow`, and what the store throws.
    package func capture(
        _ flow: FlowID,
        for length: Duration,
        exchangeLimit: Int,
        reason: String,
        by actor: String
    ) async throws -> CaptureOrder {
        guard table.entry(flow) != nil else { throw DeploymentError.unknownFlow(flow) }
        let now = context.now
        let order = CaptureOrder(
            flow: flow,
            startedAt: now,
            until: now.addingTimeInterval(length.seconds),
            exchangeLimit: exchangeLimit,
            actor: actor
        )
        let terms = "until \(order.until.formatted(.iso8601)), at most \(exchangeLimit) exchanges"
        let former = context.captures.orders[flow]
        context.captures.put(order, of: flow)
        do {
            try await context.store.write { transaction in
                try transaction.save(order)
                try transaction.audit(
                    at: now,
                    actor: actor,
                    action: "flow.capture",
                    subject: flow.rawValue,
                    detail: reason.isEmpty ? terms : "\(terms): \(reason)"
                )
            }
        } catch {
            context.captures.put(former, of: flow)
            throw error
        }
        return order
    }

    /// Keeps no further exchange of the flow, and erases what was kept when `erasing`; audited.
    ///
    /// Returns the order as it ended; `nil` when the flow was never captured. Throws what the store throws.
    package func endCapture(of flow: FlowID, erasing: Bool, by actor: String) async throws -> CaptureOrder? {
        let now = context.now
        await context.captures.flush(at: now)
        guard let order = context.captures.stop(flow, at: now) else { return nil }
        try await context.store.write { transaction in
            try transaction.save(order)
            if erasing { try transaction.eraseCapturedMessages(of: flow) }
            try transaction.audit(
                at: now,
                actor: actor,
                action: "flow.capture.stop",
                subject: flow.rawValue,
                detail: erasing ? "what was captured is erased" : ""
            )
        }
        if erasing { try await context.captures.recount() }
        return order
    }

    /// What is kept of a flow, or of all, the latest first, without content.
    package func capturedMessages(of flow: FlowID?, limit: Int) async throws -> [CapturedMessage] {
        await context.captures.flush(at: context.now)
        return try await context.store.read { try $0.capturedMessages(of: flow, limit: limit) }
    }

    /// A captured message with its content; `nil` when there is none of that number.
    ///
    /// That it was read is in the audit log before it is known. Throws `sealBroken` when it was changed, and what the store
    /// throws.
    package func capturedMessage(
        _ id: Int,
        by actor: String
    ) async throws -> (message: CapturedMessage, content: CapturedContent)? {
        let now = context.now
        let message = try await context.store.write { transaction -> CapturedMessage? in
            guard let message = try transaction.capturedMessage(id) else { return nil }
            try transaction.audit(
                at: now,
                actor: actor,
                action: "capture.read",
                subject: "\(id)",
                detail: "\(message.stage.rawValue) of exchange \(message.exchange) on \(message.flow)"
            )
            return message
        }
        guard let message else { return nil }
        let context = CapturedMessage.sealingContext(message.exchange, message.stage)
        let plaintext = try self.context.masterKey.open(message.sealed, context: context)
        return (message, CapturedContent(plaintext: plaintext))
    }
}

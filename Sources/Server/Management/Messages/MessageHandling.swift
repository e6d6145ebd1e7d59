import ManagementAPI
import Messaging
import Renewal

/// Shows stored messages, delivers failed ones again, and discards them.
struct MessageHandling {
    let tenant: Tenant

    /// The page that the parameters of a request ask for.
    func list(_ parameters: QueryParameters, for actor: Actor) async throws -> [MessageResource] {
        try actor.requireTenant(tenant, to: "see messages")
        let messages = try await tenant.runtime.messages(matching: query(parameters))
        let first = try await tenant.runtime.firstOpenMessages()
        return messages.map { message in
            var resource = MessageResource(message)
            if !message.state.isEnded, let first = first[message.flow]?.id, first != message.id {
                resource.waitsFor = first
            }
            return resource
        }
    }

    func retry(_ id: String, by actor: Actor) async throws -> MessageResource {
        try actor.requireTenant(tenant, to: "deliver a message again")
        return MessageResource(try await tenant.runtime.redeliver(id, by: actor.description))
    }

    func discard(_ id: String, _ order: DiscardMessage, by actor: Actor) async throws -> MessageResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "discard a message")
        let reason = String(order.reason.prefix(Self.reasonLimit))
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw Refusal.malformed("no reason is given", remedy: "say why the message is not to be delivered")
        }
        return MessageResource(try await tenant.runtime.discard(id, reason: reason, by: actor.description))
    }

    private func query(_ parameters: QueryParameters) throws -> MessageQuery {
        var query = MessageQuery(limit: min(try parameters.number("limit") ?? Self.listLimit, Self.listLimit))
        query.flow = try parameters.flow("flow")
        query.status = try parameters.choice("state", of: "message")
        query.id = parameters.text("id")
        return query
    }

    private static let listLimit = 1000
    private static let reasonLimit = 500
}

extension MessageResource {
    init(_ message: StoredMessage) {
        self.init(
            id: message.id,
            flow: message.flow.rawValue,
            messageID: message.messageID,
            state: message.state.status.rawValue,
            acceptedAt: message.acceptedAt,
            dueAt: message.state.isEnded ? nil : message.dueAt,
            deadline: message.deadline,
            endedAt: message.endedAt,
            attempts: message.attempts,
            reason: message.reason
        )
    }
}

import ManagementAPI
import Messaging
import Renewal

/// The message log as it is asked for, not yet checked.
struct MessageSelection {
    var flow: String?
    var state: String?
    var id: String?
    var limit: String?
}

/// Shows stored messages, delivers failed ones again, and discards them.
struct MessageHandling {
    let tenant: Tenant

    func list(_ selection: MessageSelection, for actor: Actor) async throws -> [MessageResource] {
        try actor.requireTenant(tenant, to: "see messages")
        let messages = try await tenant.runtime.messages(matching: query(selection))
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

    private func query(_ selection: MessageSelection) throws -> MessageQuery {
        var query = MessageQuery(limit: Self.listLimit)
        if let limit = selection.limit {
            guard let number = Int(limit), number > 0 else {
                throw Refusal.malformed("limit is \(limit.prefix(32))", remedy: "give a number above 0")
            }
            query.limit = min(number, Self.listLimit)
        }
        if let flow = selection.flow {
            guard let id = FlowID(rawValue: flow) else { throw Refusal.notFound("flow \(flow.prefix(64))") }
            query.flow = id
        }
        if let state = selection.state {
            guard let known = MessageStatus(rawValue: state) else {
                let states = MessageStatus.allCases.map(\.rawValue).joined(separator: ", ")
                throw Refusal.malformed("no message is \(state.prefix(32))", remedy: "ask for one of \(states)")
            }
            query.status = known
        }
        query.id = selection.id
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

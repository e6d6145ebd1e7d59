import FoundationEssentials
import Keystore

/// What an operator does with stored messages.
extension TenantRuntime {
    /// The messages that `query` asks for, the latest first, without their envelopes.
    package func messages(matching query: MessageQuery) async throws -> [StoredMessage] {
        try await context.store.read { try $0.messages(matching: query) }
    }

    /// The first message that has not ended of each ordered flow, without its envelope: the others of its flow wait for it.
    package func firstOpenMessages() async throws -> [FlowID: StoredMessage] {
        let ordered = table.entries.map(\.flow).filter(\.delivery.isOrdered).map(\.id)
        guard !ordered.isEmpty else { return [:] }
        return try await context.store.read { transaction in
            try ordered.reduce(into: [:]) { $0[$1] = try transaction.firstOpenMessage(of: $1) }
        }
    }

    /// Delivers a failed message again, for its flow's guaranteed delivery time from now on.
    ///
    /// Throws a ``MessageError`` when it is not a failed message, and what the store throws.
    package func redeliver(_ id: String, by actor: String) async throws -> StoredMessage {
        let now = context.now
        let message = try await context.store.write { transaction in
            guard let message = try transaction.message(id) else { throw MessageError.unknownMessage(id) }
            let terms = try transaction.flowRecord(message.flow)?.flow.delivery ?? DeliveryTerms()
            let deadline = now.addingTimeInterval(terms.guaranteed.seconds)
            guard try transaction.redeliverMessage(id, at: now, until: deadline) else {
                throw MessageError.notFailed(id, message.state)
            }
            try transaction.audit(
                at: now,
                actor: actor,
                action: "message.retry",
                subject: id,
                detail: message.flow.rawValue
            )
            return try transaction.message(id) ?? message
        }
        queue.wake()
        return message
    }

    /// Gives a message up: it is never delivered, and only its name and the reason are kept.
    ///
    /// Throws a ``MessageError`` when it is in delivery or delivered, and what the store throws.
    package func discard(_ id: String, reason: String, by actor: String) async throws -> StoredMessage {
        let now = context.now
        let discarded = try await context.store.write { transaction in
            guard let message = try transaction.message(id) else { throw MessageError.unknownMessage(id) }
            guard try transaction.discardMessage(id, at: now, reason: reason) else {
                throw MessageError.notDiscardable(id, message.state)
            }
            let detail = "\(message.flow): \(reason)"
            try transaction.audit(at: now, actor: actor, action: "message.discard", subject: id, detail: detail)
            return try transaction.message(id) ?? message
        }
        queue.wake()
        return discarded
    }
}

extension ManagementClient {
    /// Stored messages, the latest first; what is `nil` does not matter.
    ///
    /// `id` is the store's or the sender's name of a message.
    package func messages(
        flow: String? = nil,
        state: String? = nil,
        id: String? = nil,
        limit: Int = 100
    ) async throws(ManagementError) -> [MessageResource] {
        let query = [("flow", flow), ("state", state), ("id", id), ("limit", String(limit))]
        return try await get(["messages"], query: query.compactMap { name, value in value.map { (name, $0) } })
    }

    /// Delivers a failed message again.
    package func retryMessage(_ id: String) async throws(ManagementError) -> MessageResource {
        try await post(["messages", id, "retry"])
    }

    /// Gives a message up.
    package func discardMessage(_ id: String, reason: String) async throws(ManagementError) -> MessageResource {
        try await post(["messages", id, "discard"], DiscardMessage(reason: reason))
    }
}

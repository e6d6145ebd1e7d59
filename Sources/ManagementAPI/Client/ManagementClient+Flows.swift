extension ManagementClient {
    /// All integration flows.
    package func flows() async throws(ManagementError) -> [FlowResource] {
        try await get(["flows"])
    }

    /// Stores and deploys the flow that `yaml` describes, in place of the one of that name.
    package func putFlow(_ id: String, yaml: String) async throws(ManagementError) -> FlowResource {
        try await put(["flows", id], yaml: yaml)
    }

    /// Deploys a stored flow again.
    package func deployFlow(_ id: String) async throws(ManagementError) -> FlowResource {
        try await post(["flows", id, "deploy"])
    }

    /// Undeploys a flow and waits, within bounds, for its messages under way.
    package func undeployFlow(_ id: String) async throws(ManagementError) -> UndeployAnswer {
        try await post(["flows", id, "undeploy"])
    }

    /// Holds a flow: it accepts one-way messages and delivers none; requests with a reply wait, within bounds.
    ///
    /// With `seconds`, it is refused when what is expected meanwhile has no room, unless `anyway`.
    package func holdFlow(
        _ id: String,
        for seconds: Int? = nil,
        anyway: Bool = false
    ) async throws(ManagementError) -> UndeployAnswer {
        let query = (seconds.map { [("for", String($0))] } ?? []) + (anyway ? [("anyway", "true")] : [])
        return try await post(["flows", id, "hold"], query: query)
    }

    /// What a hold of that length is expected to store; nothing is held.
    package func holdForecast(_ id: String, for seconds: Int) async throws(ManagementError) -> HoldForecastResource {
        try await get(["flows", id, "hold"], query: [("for", String(seconds))])
    }

    /// Lets a held flow deliver again.
    package func releaseFlow(_ id: String) async throws(ManagementError) -> FlowResource {
        try await post(["flows", id, "release"])
    }

    /// What became of each flow's messages.
    package func messageSummary() async throws(ManagementError) -> [MessageSummary] {
        try await get(["messages", "summary"])
    }

    /// The key-use ledger.
    package func ledger() async throws(ManagementError) -> [LedgerRow] {
        try await get(["ledger"])
    }

    /// Audit entries with a sequence greater than `after`, oldest first, at most `limit`.
    package func audit(after: Int = 0, limit: Int = 1000) async throws(ManagementError) -> [AuditResource] {
        try await get(["audit"], query: [("after", String(after)), ("limit", String(limit))])
    }
}

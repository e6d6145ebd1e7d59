extension ManagementClient {
    /// Changes a plan that nobody approved yet.
    package func changePlan(
        _ id: String,
        _ choices: PlanChoicesResource
    ) async throws(ManagementError) -> RenewalResource {
        try await post(["renewals", id, "plan"], choices)
    }

    /// Approves a plan as it stands.
    package func approveRenewal(_ id: String) async throws(ManagementError) -> RenewalResource {
        try await post(["renewals", id, "approve"])
    }

    /// The plan of a key's renewal, without storing it.
    package func planRenewal(_ request: PlanRenewal) async throws(ManagementError) -> RenewalResource {
        try await post(["renewals", "plan"], request)
    }

    /// Plans a key's renewal and stores it; `startRenewal` begins it.
    package func createRenewal(_ request: PlanRenewal) async throws(ManagementError) -> RenewalResource {
        try await post(["renewals"], request)
    }

    /// A page of the renewals that the person may see, in the order in which they were planned; what is `nil` does not
    /// matter.
    ///
    /// The next page begins after the last one's id.
    package func renewals(
        alias: String? = nil,
        state: String? = nil,
        partner: String? = nil,
        after: String? = nil,
        limit: Int = 100
    ) async throws(ManagementError) -> [RenewalResource] {
        let query = [
            ("alias", alias), ("state", state), ("partner", partner), ("after", after), ("limit", String(limit)),
        ]
        return try await get(["renewals"], query: query.compactMap { name, value in value.map { (name, $0) } })
    }

    /// One renewal.
    package func renewal(_ id: String) async throws(ManagementError) -> RenewalResource {
        try await get(["renewals", id])
    }

    /// Begins a planned renewal.
    package func startRenewal(_ id: String) async throws(ManagementError) -> RenewalResource {
        try await post(["renewals", id, "start"])
    }

    /// Says that the person's step is done, with what it needs.
    package func claim(
        _ step: String,
        of renewal: String,
        _ request: ClaimStep = ClaimStep()
    ) async throws(ManagementError) -> RenewalResource {
        try await post(["renewals", renewal, "steps", step, "claim"], request)
    }

    /// Passes a step whose proof is missing; counts when a second person has done so too.
    package func override(
        _ step: String,
        of renewal: String,
        _ request: GiveReason
    ) async throws(ManagementError) -> RenewalResource {
        try await post(["renewals", renewal, "steps", step, "override"], request)
    }

    /// The renewal's journal, oldest first.
    package func journal(of renewal: String) async throws(ManagementError) -> [JournalEntry] {
        try await get(["renewals", renewal, "journal"])
    }

    /// The renewal's evidence as one HTML file, for auditors.
    package func evidence(of renewal: String) async throws(ManagementError) -> EvidenceResource {
        try await post(["renewals", renewal, "evidence"])
    }

    /// Makes the old version active again.
    package func rollBack(_ renewal: String, _ request: GiveReason) async throws(ManagementError) -> RenewalResource {
        try await post(["renewals", renewal, "rollback"], request)
    }

    /// Gives up a renewal before its exchange.
    package func abort(_ renewal: String, _ request: GiveReason) async throws(ManagementError) -> RenewalResource {
        try await post(["renewals", renewal, "abort"], request)
    }

    /// Tries the new key out with one partner, before the exchange.
    package func probe(_ renewal: String, _ request: ProbeRenewal) async throws(ManagementError) -> RenewalResource {
        try await post(["renewals", renewal, "probe"], request)
    }

    /// Lets a share of one receiver's messages try the new key out.
    package func setCanary(_ renewal: String, _ request: SetCanary) async throws(ManagementError) -> RenewalResource {
        try await post(["renewals", renewal, "canary"], request)
    }

    /// The notifications to the person's role and organisation, oldest first.
    package func notifications() async throws(ManagementError) -> [NotificationResource] {
        try await get(["notifications"])
    }

    /// What became of notifications beyond the inboxes; of one state alone when it is given.
    package func informs(state: String? = nil) async throws(ManagementError) -> [InformResource] {
        try await get(["informs"], query: state.map { [("state", $0)] } ?? [])
    }

    /// Has an undeliverable inform sent again.
    package func retryInform(_ id: String) async throws(ManagementError) -> InformResource {
        try await post(["informs", id, "retry"])
    }

    /// Confirms that a notification was read.
    package func acknowledge(_ notification: String) async throws(ManagementError) -> NotificationResource {
        try await post(["notifications", notification, "acknowledge"])
    }
}

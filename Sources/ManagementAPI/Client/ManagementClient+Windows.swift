extension ManagementClient {
    /// The downtimes of a renewal that concern the person.
    package func windows(of renewal: String) async throws(ManagementError) -> [WindowResource] {
        try await get(["renewals", renewal, "windows"])
    }

    /// Proposes a downtime, also instead of another one.
    package func proposeWindow(
        of renewal: String,
        _ request: ProposeWindow
    ) async throws(ManagementError) -> [WindowResource] {
        try await post(["renewals", renewal, "window", "propose"], request)
    }

    /// Accepts what the other party proposed.
    package func acceptWindow(
        of renewal: String,
        _ request: AnswerWindow = AnswerWindow()
    ) async throws(ManagementError) -> [WindowResource] {
        try await post(["renewals", renewal, "window", "accept"], request)
    }

    /// Calls a downtime off.
    package func cancelWindow(
        of renewal: String,
        _ request: AnswerWindow
    ) async throws(ManagementError) -> [WindowResource] {
        try await post(["renewals", renewal, "window", "cancel"], request)
    }
}

extension ManagementClient {
    /// Keeps the flow's messages with their content, for a while.
    package func captureFlow(_ id: String, _ order: CaptureFlow) async throws(ManagementError) -> CaptureOrderResource {
        try await post(["flows", id, "capture"], order)
    }

    /// Keeps no further message of the flow, and erases what was kept when `erase`.
    package func stopCapture(_ id: String, erase: Bool = false) async throws(ManagementError) -> CaptureOrderResource {
        try await post(["flows", id, "capture", "stop"], StopCapture(erase: erase))
    }

    /// What was kept of a flow, or of all, the latest first, without content.
    package func captures(flow: String? = nil) async throws(ManagementError) -> [CaptureResource] {
        try await get(["captures"], query: flow.map { [("flow", $0)] } ?? [])
    }

    /// One message with its content; the reading is audited.
    package func capture(_ id: Int) async throws(ManagementError) -> CaptureResource {
        try await get(["captures", String(id)])
    }
}

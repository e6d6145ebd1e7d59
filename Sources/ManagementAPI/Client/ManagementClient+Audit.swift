extension ManagementClient {
    /// Begins an export of the audit log, which is an entry of the log itself.
    package func exportAudit(_ request: ExportAudit) async throws(ManagementError) -> AuditExport {
        try await post(["audit", "exports"], request)
    }

    /// The checkpoints of entries after `after`, in order.
    package func auditCheckpoints(
        after: Int = 0,
        limit: Int = 1000
    ) async throws(ManagementError) -> [AuditCheckpointResource] {
        try await get(["audit", "checkpoints"], query: [("after", String(after)), ("limit", String(limit))])
    }
}

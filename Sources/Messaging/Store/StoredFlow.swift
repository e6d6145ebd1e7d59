/// A flow as the store keeps it, its document not read yet.
package struct StoredFlow: Sendable {
    private static let batchLength = 128

    /// The flow's name.
    package let id: String
    /// The flow's document.
    package let yaml: String
    /// Whether it serves messages.
    package let status: FlowStatus

    package init(id: String, yaml: String, status: FlowStatus) {
        self.id = id
        self.yaml = yaml
        self.status = status
    }

    /// The flow; throws what the document's reader throws.
    package func record() throws(FlowError) -> FlowRecord {
        FlowRecord(flow: try IntegrationFlow(yaml: yaml, file: "flow \(id) in the store"), status: status)
    }

    /// The flows of many documents, read on every core, in no order.
    @concurrent static func records(of stored: [StoredFlow]) async throws -> [FlowRecord] {
        try await withThrowingTaskGroup(of: [FlowRecord].self) { group in
            for start in stride(from: 0, to: stored.count, by: batchLength) {
                let batch = stored[start..<min(start + batchLength, stored.count)]
                group.addTask { try batch.map { try $0.record() } }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }
}

/// A flow as the store keeps it.
package struct FlowRecord: Hashable, Sendable {
    /// The flow.
    package var flow: IntegrationFlow
    /// Whether it serves messages.
    package var status: FlowStatus

    package init(flow: IntegrationFlow, status: FlowStatus) {
        self.flow = flow
        self.status = status
    }
}

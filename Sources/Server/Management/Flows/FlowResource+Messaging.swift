import Keystore
import ManagementAPI
import Messaging

extension FlowResource {
    /// `capture` is the flow's latest order to keep messages with their content.
    init(_ flow: IntegrationFlow, _ status: FlowStatus, capture: CaptureOrder?) {
        self.init(
            id: flow.id.rawValue,
            pattern: flow.pattern.rawValue,
            status: status.rawValue,
            path: flow.sender.path,
            sender: flow.sender.partner.rawValue,
            receiver: flow.receiver.partner.rawValue,
            url: flow.receiver.url,
            uses: flow.uses.map {
                Use(alias: $0.alias.rawValue, purpose: $0.purpose.rawValue, side: $0.side.rawValue)
            },
            capture: capture.map(CaptureOrderResource.init)
        )
    }
}

extension MessageSummary {
    init(_ summary: FlowSummary) {
        self.init(
            flow: summary.flow.rawValue,
            accepted: summary.accepted,
            delivered: summary.delivered,
            stored: summary.stored,
            failed: summary.failed,
            refused: summary.refused,
            replayed: summary.replayed,
            duplicates: summary.duplicates,
            inFlight: summary.inFlight
        )
    }
}

import FoundationEssentials
import ManagementAPI
import Messaging

extension CaptureResource {
    init(_ message: CapturedMessage, _ content: CapturedContent?) {
        self.init(
            id: message.id,
            flow: message.flow.rawValue,
            exchange: message.exchange,
            stage: message.stage.rawValue,
            at: message.at,
            status: message.status,
            octets: message.octetCount,
            contentType: content?.contentType,
            content: content.map { Data($0.octets) }
        )
    }
}

extension CaptureOrderResource {
    init(_ order: CaptureOrder) {
        self.init(
            flow: order.flow.rawValue,
            startedAt: order.startedAt,
            until: order.until,
            exchanges: order.exchangeCount,
            exchangeLimit: order.exchangeLimit,
            actor: order.actor,
            endedAt: order.endedAt,
            ending: order.ending?.rawValue
        )
    }
}

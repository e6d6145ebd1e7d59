import Foundation
import Logging
import WSSecurity

/// Answers orders: verifies, decrypts, remembers, confirms.
struct OrderReceiver: Sendable {
    let exchange: SecureExchange
    /// The paths whose orders expect no answer.
    let oneWayPaths: Set<String>
    /// How long an order is worked on before it is confirmed.
    let workingTime: Duration
    let log: TrafficLog
    let logger: Logger

    /// What is answered to one HTTP request.
    struct Reply: Sendable {
        var status: Int
        var mediaType: String?
        var body: [UInt8]
    }

    func reply(to message: [UInt8], path: String) async throws -> Reply {
        let order: ProcessedMessage
        do {
            order = try exchange.process(message)
        } catch {
            return refuse(error, message: message, path: path)
        }
        if TrialMessage.isPing(order.body) {
            let pong = try exchange.protect(TrialMessage.pong(order.version))
            return Reply(status: 200, mediaType: order.version.mediaType, body: pong)
        }
        guard let id = OrderMessage.orderID(inBody: order.body) else {
            return fault(
                SOAPFault(version: order.version, code: .client, reason: "the body is not an order"),
                order.version
            )
        }
        let pattern: PartnerPattern = oneWayPaths.contains(path) ? .oneWay : .requestReply
        log.note { record, moment in record.receive(id: id, pattern: pattern, path: path, at: moment) }
        exchange.noteKeys(of: order, id: id)
        try await Task.sleep(for: workingTime)
        return try confirm(id, pattern: pattern, soap: order.version)
    }

    private func confirm(_ id: String, pattern: PartnerPattern, soap: SOAPVersion) throws -> Reply {
        guard pattern == .requestReply else { return Reply(status: 202, mediaType: nil, body: []) }
        let answer = try exchange.protect(OrderMessage.confirmation(id: id, soap: soap), of: id)
        return Reply(status: 200, mediaType: soap.mediaType, body: answer)
    }

    private func refuse(_ cause: SecurityFault, message: [UInt8], path: String) -> Reply {
        log.note { record, _ in record.fault() }
        logger.error(
            "a message was refused",
            metadata: ["path": "\(path)", "fault.code": "\(cause.code)", "cause": "\(cause.cause)"]
        )
        let version = (try? SOAPEnvelope(message))?.version ?? .soap11
        return fault(SOAPFault.security(cause, version: version), version)
    }

    private func fault(_ fault: SOAPFault, _ version: SOAPVersion) -> Reply {
        Reply(status: 500, mediaType: version.mediaType, body: fault.envelope())
    }
}

extension OrderReceiver {
    init(_ settings: PartnerSettings, exchange: SecureExchange, log: TrafficLog, logger: Logger) {
        self.init(
            exchange: exchange,
            oneWayPaths: settings.oneWayPaths,
            workingTime: settings.workingTime,
            log: log,
            logger: logger
        )
    }
}

import FoundationEssentials
import Keystore
import Synchronization
import WSSecurity

/// What is kept of one exchange on its way, when its flow is captured.
final class ExchangeCapture: Sendable {
    private struct Part: Sendable {
        let stage: CapturedMessage.Stage
        let at: Date
        let status: Int?
        let contentType: String
        let body: Payload
        let octetCount: Int
    }

    /// The flow.
    let flow: FlowID
    private let octetLimit: Int
    private let parts = Mutex<[Part]>([])

    /// Keeps at most `octetLimit` octets of each message.
    init(flow: FlowID, octetLimit: Int) {
        self.flow = flow
        self.octetLimit = octetLimit
    }

    /// Keeps a message, without copying it.
    func take(
        _ stage: CapturedMessage.Stage,
        _ body: Payload,
        contentType: String?,
        status: Int? = nil,
        at now: Date
    ) {
        let part = Part(
            stage: stage,
            at: now,
            status: status,
            contentType: String((contentType ?? "").prefix(Self.contentTypeLimit)),
            body: body.part(0..<octetLimit),
            octetCount: body.octetCount
        )
        parts.withLock { $0.append(part) }
    }

    /// How many octets are kept.
    var octetCount: Int { parts.withLock { $0.reduce(0) { $0 + $1.body.octetCount } } }

    /// What was kept, sealed; throws when a spool file cannot be read.
    func sealed(of exchange: String, under masterKey: MasterKey) throws(LargeMessageError) -> [CapturedMessage] {
        var messages: [CapturedMessage] = []
        for part in parts.withLock({ $0 }) {
            let content = CapturedContent(contentType: part.contentType, octets: try part.body.octets())
            let context = CapturedMessage.sealingContext(exchange, part.stage)
            messages.append(
                CapturedMessage(
                    flow: flow,
                    exchange: exchange,
                    stage: part.stage,
                    at: part.at,
                    status: part.status,
                    octetCount: part.octetCount,
                    sealed: masterKey.seal(content.plaintext, context: context)
                )
            )
        }
        return messages
    }

    private static let contentTypeLimit = 512
}

import FoundationEssentials
import Keystore
import Synchronization
import WSSecurity

/// What is learnt of one exchange on its way: for its record in the message log, its log lines, and the metrics.
final class ExchangeFacts: Sendable {
    /// A part of an exchange that is timed.
    enum Phase: Sendable {
        /// Verifying, decrypting, signing, encrypting; both ends together.
        case security
        /// From the request to the receiver until its whole answer is here.
        case receiver
    }

    private struct State {
        var messageID: String?
        var status: ExchangeRecord.Status?
        var fault: String?
        var reason: String?
        var keys: Set<KeyUse.Account> = []
        var security = Duration.zero
        var receiver: Duration?
    }

    /// Our name for the exchange.
    let id: String
    /// The flow that it is of.
    let flow: FlowID
    /// Who began it.
    let direction: ExchangeRecord.Direction
    /// Where it stands in a trace.
    let trace: TraceContext
    /// When it began.
    let startedAt: Date
    /// What keeps its messages with their content; `nil` when nothing does.
    let capture: ExchangeCapture?
    private let start = ContinuousClock.now
    private let state = Mutex(State())

    init(
        flow: FlowID,
        direction: ExchangeRecord.Direction,
        trace: TraceContext,
        startedAt: Date,
        capture: ExchangeCapture? = nil
    ) {
        self.capture = capture
        self.flow = flow
        self.direction = direction
        self.trace = trace
        self.startedAt = startedAt
        id = TimeOrderedID.text(at: startedAt)
    }

    /// The message's own name (`wsa:MessageID`).
    func note(messageID: String) {
        let name = String(messageID.prefix(Self.nameLimit))
        state.withLock { $0.messageID = name }
    }

    /// The name of the message in this envelope, which was processed before.
    func noteName(of envelope: [UInt8]) {
        guard OctetSearch.isMentioned("MessageID", in: envelope), let name = try? SOAPEnvelope(envelope).messageID
        else { return }
        note(messageID: name)
    }

    private static let nameLimit = 256

    /// What has become of it; the last word counts.
    func note(_ status: ExchangeRecord.Status) { state.withLock { $0.status = status } }

    /// Why it went wrong; the first cause counts, for the others follow from it.
    func note(fault: String, reason: String) {
        state.withLock { state in
            guard state.fault == nil else { return }
            (state.fault, state.reason) = (fault, reason)
        }
    }

    /// A key version was used.
    func note(_ account: KeyUse.Account) { state.withLock { _ = $0.keys.insert(account) } }

    /// Adds time to a phase.
    func add(_ time: Duration, to phase: Phase) {
        state.withLock { state in
            switch phase {
            case .security: state.security += time
            case .receiver: state.receiver = (state.receiver ?? .zero) + time
            }
        }
    }

    /// The times up to now: the whole exchange, and its phases.
    var times: (whole: Duration, security: Duration, receiver: Duration?) {
        let whole = ContinuousClock.now - start
        return state.withLock { (whole, $0.security, $0.receiver) }
    }

    /// The record of the exchange, which has ended.
    func record() -> ExchangeRecord {
        let whole = ContinuousClock.now - start
        return state.withLock { state in
            ExchangeRecord(
                id: id,
                messageID: state.messageID,
                flow: flow,
                direction: direction,
                status: state.status ?? .retry,
                startedAt: startedAt,
                duration: whole,
                keys: state.keys.map(ExchangeRecord.Key.init).sorted(),
                fault: state.fault,
                reason: state.reason,
                traceID: trace.traceID
            )
        }
    }
}

import AsyncHTTPClient
import FoundationEssentials
import Keystore
import Logging
import Timekeeping

/// What the parts of the runtime share, and what is learnt of the exchange that they work on.
struct RuntimeContext: Sendable {
    private let parts: RuntimeParts
    /// What is learnt of the exchange that this is the context of; `nil` outside of exchanges.
    let facts: ExchangeFacts?

    /// The context outside of exchanges.
    init(_ parts: RuntimeParts) { self.init(parts, nil) }

    private init(_ parts: RuntimeParts, _ facts: ExchangeFacts?) { (self.parts, self.facts) = (parts, facts) }

    var store: any MessagingStore { parts.store }
    var keyring: Keyring { parts.keyring }
    var masterKey: MasterKey { parts.masterKey }
    var httpClient: HTTPClient { parts.httpClient }
    var configuration: RuntimeConfiguration { _read { yield parts.configuration } }
    var ledger: KeyUseLedger { parts.ledger }
    var receiverTLS: ReceiverTLSConfigurations { parts.receiverTLS }
    /// The commits that messages wait for.
    var commits: SharedCommits { parts.commits }
    /// What is counted in memory alone.
    var meters: RuntimeMeters { parts.meters }
    /// The event loops of the connections to receivers.
    var loops: [LoopExecutor] { parts.loops }
    /// Whether there is room for new messages.
    var space: SpaceWatch { parts.space }

    /// Keeps messages of captured flows with their content.
    var captures: CaptureDesk { parts.captures }
    /// Which messages are protected with a version on trial.
    var canaries: CanaryDesk { parts.canaries }

    /// The moment that it is.
    var now: Date { parts.clock.now }

    /// The log; what is logged of an exchange bears its trace.
    var logger: Logger {
        guard let facts else { return parts.logger }
        var logger = parts.logger
        logger[metadataKey: "flow.id"] = "\(facts.flow)"
        logger[metadataKey: "exchange.id"] = "\(facts.id)"
        logger[metadataKey: "trace.id"] = "\(facts.trace.traceID)"
        return logger
    }

    /// The context of one exchange: what is learnt of it goes to `facts`.
    func observing(_ facts: ExchangeFacts) -> RuntimeContext { RuntimeContext(parts, facts) }

    /// What `body`, a piece of security processing, returns; the exchange's facts get its time.
    func timed<Value>(_ body: () async throws -> Value) async throws -> Value {
        let start = ContinuousClock.now
        defer { facts?.add(ContinuousClock.now - start, to: .security) }
        return try await body()
    }

    /// Counts what happened to a message.
    func count(_ event: FlowEvent, on flow: FlowID) {
        ledger.count(event, on: flow, at: now)
        if let status = ExchangeRecord.Status(event) { facts?.note(status) }
    }

    /// Records one use of a key.
    func record(_ use: KeyUse) {
        ledger.record(use)
        facts?.note(use.account)
    }

    /// Counts a fault at one end of a flow, and keeps it with the exchange.
    func count(_ code: FaultCode, on flow: FlowID, side: ChannelSide, reason: String) {
        meters.count(MeterReading.Fault(flow: flow, side: side, code: code))
        facts?.note(fault: code.name, reason: reason)
    }
}

import AsyncHTTPClient
import FoundationEssentials
import Keystore
import Logging
import Timekeeping

/// What the parts of the runtime share.
struct RuntimeContext: Sendable {
    let store: any MessagingStore
    let keyring: Keyring
    let clock: any WallClock
    let masterKey: MasterKey
    let httpClient: HTTPClient
    var logger: Logger
    let configuration: RuntimeConfiguration
    let ledger: KeyUseLedger
    let receiverTLS: ReceiverTLSConfigurations
    /// The commits that messages wait for.
    let commits: SharedCommits
    /// What is counted in memory alone.
    let meters = RuntimeMeters()
    /// What is learnt of the exchange that this is the context of; `nil` outside of exchanges.
    private(set) var facts: ExchangeFacts?

    /// Keeps messages of captured flows with their content.
    let captures: CaptureDesk
    /// Whether there is room for new messages.
    let space: SpaceWatch

    /// The moment that it is.
    var now: Date { clock.now }

    /// The context of one exchange: what is logged bears its trace, what is learnt of it goes to `facts`.
    func observing(_ facts: ExchangeFacts) -> RuntimeContext {
        var context = self
        context.facts = facts
        context.logger[metadataKey: "flow.id"] = "\(facts.flow)"
        context.logger[metadataKey: "exchange.id"] = "\(facts.id)"
        context.logger[metadataKey: "trace.id"] = "\(facts.trace.traceID)"
        return context
    }

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

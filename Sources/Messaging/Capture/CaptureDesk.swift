import FoundationEssentials
import Keystore
import Logging
import Synchronization

/// Keeps messages of captured flows with their content, sealed, in the store.
///
/// No exchange waits for it, none fails with it: what cannot be kept ends the capture.
final class CaptureDesk: Sendable {
    private let store: any MessagingStore
    private let masterKey: MasterKey
    private let terms: CaptureTerms
    private let space: SpaceWatch
    private let logger: Logger
    /// How many flows are captured: what exchanges look at when none is.
    private let runningCount: Atomic<Int>
    private let book: Mutex<CaptureBook>
    private let moments = Mutex<(flush: ContinuousClock.Instant?, forget: Date?)>((nil, nil))

    /// A desk that goes on with what is written.
    init(
        store: any MessagingStore,
        masterKey: MasterKey,
        terms: CaptureTerms,
        space: SpaceWatch,
        logger: Logger,
        book: CaptureBook
    ) {
        self.store = store
        self.masterKey = masterKey
        self.terms = terms
        self.space = space
        self.logger = logger
        runningCount = Atomic(book.runningCount)
        self.book = Mutex(book)
    }

    /// What the flow's next exchange is kept by; `nil` when it is not.
    func begin(_ flow: FlowID, at now: Date) -> ExchangeCapture? {
        guard runningCount.load(ordering: .relaxed) > 0, changing({ $0.begin(flow, at: now) }) else { return nil }
        return ExchangeCapture(flow: flow, octetLimit: terms.messageOctetLimit)
    }

    /// Takes what was kept of an exchange that has ended.
    func append(_ facts: ExchangeFacts, at now: Date) {
        guard let capture = facts.capture else { return }
        let taken = CaptureBook.Taken(exchange: facts.id, capture: capture)
        changing { $0.append(taken, at: now, capacity: Self.capacity) }
    }

    /// The latest order of each flow.
    var orders: [FlowID: CaptureOrder] { book.withLock { $0.orders } }

    /// Follows a new order of a flow, before it is written; `nil` takes it back.
    func put(_ order: CaptureOrder?, of flow: FlowID) { changing { $0.put(order, of: flow) } }

    /// Ends a flow's order, before that is written; returns the order, or `nil` when there is none.
    func stop(_ flow: FlowID, at now: Date) -> CaptureOrder? {
        changing { book in
            book.stop(flow, at: now)
            return book.orders[flow]
        }
    }

    /// Looks at the clock and writes what there is, when the last write is long enough ago.
    func flushRegularly(at now: Date) async {
        let instant = ContinuousClock.now
        let isDue = moments.withLock { moments in
            guard moments.flush.map({ instant >= $0 }) ?? true else { return false }
            moments.flush = instant + Self.pause
            return true
        }
        if isDue { await flush(at: now) }
    }

    /// Writes everything that was taken before the call; what cannot be written ends its capture.
    func flush(at now: Date) async {
        let page = changing { book in
            book.expire(at: now)
            return book.turn()
        }
        guard !page.isEmpty else { return }
        do {
            guard page.taken.isEmpty || !space.isLow else { throw NoRoom() }
            let messages = try page.taken.flatMap { try $0.capture.sealed(of: $0.exchange, under: masterKey) }
            let octetCount = messages.reduce(0) { $0 + $1.sealed.count }
            guard messages.isEmpty || keptOctetCount + octetCount <= terms.octetLimit else {
                throw NoRoom()
            }
            try await store.write { try $0.write(messages, page, self.orders, at: now) }
            changing { $0.keptOctetCount += octetCount }
            for flow in page.ended { orders[flow].map(tell) }
        } catch {
            changing { $0.tear(page, error is NoRoom ? .space : .failure, at: now) }
            guard !page.taken.isEmpty else { return }
            logger.error("Captured messages not kept: the capture ends", metadata: ["error": "\(error)"])
            await flush(at: now)
        }
    }

    /// Erases what is kept no longer, a few messages at a time; most calls do nothing.
    func forgetRegularly(at now: Date) async throws {
        let isDue = moments.withLock { moments in
            guard moments.forget.map({ now >= $0 }) ?? true else { return false }
            moments.forget = now.addingTimeInterval(Self.forgetPause)
            return true
        }
        guard isDue else { return }
        let moment = now.addingTimeInterval(-terms.retention.seconds)
        var count = 0
        while true {
            let forgotten = try await store.write { try $0.forgetCapturedMessages(before: moment, limit: Self.batch) }
            count += forgotten
            if forgotten < Self.batch { break }
        }
        if count > 0 { try await recount() }
    }

    /// Looks how much there is in the store.
    func recount() async throws {
        let octetCount = try await store.read { try $0.capturedOctetCount() }
        changing { $0.keptOctetCount = octetCount }
    }

    private var keptOctetCount: Int { book.withLock { $0.keptOctetCount } }

    private func tell(_ order: CaptureOrder) {
        logger.notice(
            "Capture ended",
            metadata: [
                "flow.id": "\(order.flow)", "capture.ending": "\(order.ending.map(\.rawValue) ?? "")",
                "capture.exchanges": "\(order.exchangeCount)",
            ]
        )
    }

    private func changing<Value: Sendable>(_ change: (inout CaptureBook) -> Value) -> Value {
        book.withLock { book in
            let value = change(&book)
            runningCount.store(book.runningCount, ordering: .relaxed)
            return value
        }
    }

    private struct NoRoom: Error, CustomStringConvertible {
        let description = "captured messages have no more room (`capture.space`, `limits.reservedSpace`)"
    }

    private static let capacity = 64 << 20
    private static let pause = Duration.milliseconds(500)
    private static let forgetPause: Double = 60
    private static let batch = 100
}

extension MessagingTransaction {
    /// Stores what was captured with the orders as they are; those that ended by themselves are audited.
    fileprivate func write(
        _ messages: [CapturedMessage],
        _ page: CaptureBook.Page,
        _ orders: [FlowID: CaptureOrder],
        at now: Date
    ) throws {
        for message in messages { try insert(message) }
        for order in page.changed.compactMap({ orders[$0] }) { try save(order) }
        for order in page.ended.compactMap({ orders[$0] }) {
            try audit(
                at: now,
                actor: "tenant",
                action: "flow.capture.end",
                subject: order.flow.rawValue,
                detail: "\(order.ending?.rawValue ?? ""), after \(order.exchangeCount) exchanges"
            )
        }
    }
}

import FoundationEssentials

/// The orders to capture and what was taken by them and is not stored yet.
struct CaptureBook: Sendable {
    /// What was taken of an exchange.
    struct Taken: Sendable {
        let exchange: String
        let capture: ExchangeCapture
    }

    /// What is to be written.
    struct Page: Sendable {
        var taken: [Taken] = []
        /// The flows whose orders changed since they were written.
        var changed: Set<FlowID> = []
        /// Those of them whose orders ended by themselves.
        var ended: Set<FlowID> = []

        var isEmpty: Bool { taken.isEmpty && changed.isEmpty }
    }

    private(set) var orders: [FlowID: CaptureOrder]
    private var changed: Set<FlowID> = []
    private var ended: Set<FlowID> = []
    private var taken: [Taken] = []
    private var takenOctetCount = 0
    /// What captured messages take in the store.
    var keptOctetCount: Int

    /// What is written.
    init(in transaction: any MessagingTransaction) throws {
        orders = Dictionary(try transaction.captureOrders().map { ($0.flow, $0) }, uniquingKeysWith: { $1 })
        keptOctetCount = try transaction.capturedOctetCount()
    }

    /// How many flows are captured.
    var runningCount: Int { orders.values.count { $0.ending == nil } }

    /// Follows a new order in the place of the flow's former one; `nil` takes it back.
    mutating func put(_ order: CaptureOrder?, of flow: FlowID) {
        orders[flow] = order
        changed.remove(flow)
        ended.remove(flow)
    }

    /// Somebody ends the order; of one that has ended already nothing changes.
    mutating func stop(_ flow: FlowID, at now: Date) {
        guard orders[flow]?.ending == nil else { return }
        orders[flow]?.ending = .stopped
        orders[flow]?.endedAt = now
        changed.insert(flow)
    }

    /// Whether the flow's next exchange is taken; it is counted then.
    mutating func begin(_ flow: FlowID, at now: Date) -> Bool {
        guard var order = orders[flow], order.isRunning(at: now), order.exchangeCount < order.exchangeLimit else {
            return false
        }
        order.exchangeCount += 1
        orders[flow] = order
        changed.insert(flow)
        if order.exchangeCount == order.exchangeLimit { end(flow, .exchanges, at: now) }
        return true
    }

    /// Takes what was kept of an exchange; the capture ends when there is no room in memory.
    mutating func append(_ item: Taken, at now: Date, capacity: Int) {
        guard orders[item.capture.flow]?.keepsTaken == true else { return }
        let octetCount = item.capture.octetCount
        guard takenOctetCount + octetCount <= capacity else { return end(item.capture.flow, .space, at: now) }
        taken.append(item)
        takenOctetCount += octetCount
    }

    /// Ends the orders whose time is over.
    mutating func expire(at now: Date) {
        for order in orders.values where order.ending == nil && now >= order.until { end(order.flow, .time, at: now) }
    }

    /// Ends an order by itself; the first ending counts, but for one that loses what was taken.
    mutating func end(_ flow: FlowID, _ ending: CaptureOrder.Ending, at now: Date) {
        guard var order = orders[flow], order.keepsTaken else { return }
        guard order.ending == nil || ending == .space || ending == .failure else { return }
        order.ending = ending
        order.endedAt = now
        orders[flow] = order
        changed.insert(flow)
        ended.insert(flow)
    }

    /// Takes out what is to be written.
    mutating func turn() -> Page {
        var page = Page(taken: taken.filter { orders[$0.capture.flow]?.keepsTaken == true })
        (page.changed, page.ended) = (changed, ended)
        (taken, takenOctetCount, changed, ended) = ([], 0, [], [])
        return page
    }

    /// A page could not be written: its orders end, and are written later.
    mutating func tear(_ page: Page, _ ending: CaptureOrder.Ending, at now: Date) {
        for flow in Set(page.taken.map(\.capture.flow)) { end(flow, ending, at: now) }
        changed.formUnion(page.changed)
        ended.formUnion(page.ended)
    }
}

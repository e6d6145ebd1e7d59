import FoundationEssentials
import Keystore
import Logging
import Synchronization

/// Reads the flows that the store holds: at the start those that this program has not read before, then each that a message is
/// for, and the rest beside the traffic.
///
/// A flow is in the table only when its keys are in the keyring.
final class FlowReading: Sendable {
    private static let pageLength = 64

    private struct State {
        var isOver = false
        /// What is wrong with documents that cannot be read.
        var faults: [FlowID: String] = [:]
        var waiting: [AsyncStream<Never>.Continuation] = []
    }

    private let context: RuntimeContext
    private let table: FlowTable
    private let state = Mutex(State())
    /// Whether the table has every flow that the store has.
    private let isWhole = Atomic<Bool>(false)

    init(context: RuntimeContext, table: FlowTable) {
        (self.context, self.table) = (context, table)
    }

    /// The flow at `path`, or the one whose sender tries keys out there; `nil` when there is none.
    ///
    /// Throws what the store throws, and what the document's reader throws.
    func entry(path: String) async throws -> FlowTable.Entry? {
        // Asked before the table: a flow that is read between the two is found.
        let isWhole = self.isWhole.load(ordering: .acquiring)
        if let entry = table.entry(path: path) { return entry }
        guard !isWhole else { return nil }
        let stored = try await context.store.read { transaction in
            try transaction.storedFlow(path: path)
                ?? SenderChannel.path(ofSelfTest: path).flatMap { try transaction.storedFlow(path: $0) }
        }
        try await take(stored)
        return table.entry(path: path)
    }

    /// The flow of that name; `nil` when there is none.
    ///
    /// Throws as ``entry(path:)`` does.
    func entry(_ id: FlowID) async throws -> FlowTable.Entry? {
        let isWhole = self.isWhole.load(ordering: .acquiring)
        if let entry = table.entry(id) { return entry }
        guard !isWhole else { return nil }
        try await take(context.store.read { try $0.storedFlow(id) })
        return table.entry(id)
    }

    private func take(_ stored: StoredFlow?) async throws {
        guard let record = try stored?.record() else { return }
        try await context.keyring.take(record.flow.aliases)
        table.take(record)
    }

    /// Reads every flow; throws as ``entry(path:)`` does.
    func readAll() async throws {
        try await read(context.store.read { try $0.storedFlows() })
        finish()
    }

    /// Reads the flows whose documents `reader` has not read before, so that what is wrong with them is told at once.
    ///
    /// Throws as ``entry(path:)`` does.
    func readNew(to reader: String) async throws {
        let unread = try await context.store.read { try $0.storedFlows(unreadBy: reader) }
        guard !unread.isEmpty else { return }
        try await read(unread)
        try await context.store.write { try $0.noteRead(unread.map(\.id), by: reader) }
    }

    private func read(_ stored: [StoredFlow]) async throws {
        let records = try await StoredFlow.records(of: stored)
        try await context.keyring.takeAll()
        for record in records { table.take(record) }
    }

    /// Reads what is left, a page at a time; a document that cannot be read is logged, and keeps no other away.
    @concurrent func readRest() async {
        var last: String?
        while !Task.isCancelled, !state.withLock({ $0.isOver }) {
            do {
                try await context.keyring.takeAll()
                let page = try await context.store.read { [last] in
                    try $0.storedFlows(after: last, limit: Self.pageLength)
                }
                guard let end = page.last else { return finish() }
                for stored in page { read(stored) }
                last = end.id
                await Task.yield()
            } catch is CancellationError {
                return
            } catch {
                context.logger.error("Flows not read", metadata: ["error": "\(error)"])
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }

    private func read(_ stored: StoredFlow) {
        guard let id = FlowID(rawValue: stored.id), table.entry(id) == nil else { return }
        do throws(FlowError) {
            table.take(try stored.record())
        } catch {
            state.withLock { $0.faults[id] = "\(error)" }
            context.logger.error("Flow not read", metadata: ["flow.id": "\(id)", "error": "\(error)"])
        }
    }

    /// What cannot be read is asked for again whenever it is needed.
    private func finish() {
        let waiting = state.withLock { state in
            if state.faults.isEmpty { isWhole.store(true, ordering: .releasing) }
            state.isOver = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.finish() }
    }

    /// What is wrong with flows that cannot be served, by name; a flow that was deployed since is served.
    var faults: [String] {
        let faults = state.withLock { $0.faults }
        return faults.sorted { $0.key.rawValue < $1.key.rawValue }.filter { table.entry($0.key) == nil }.map(\.value)
    }

    /// Returns when every flow has been read, or the task is cancelled.
    func wait() async {
        guard !isWhole.load(ordering: .acquiring) else { return }
        let (over, continuation) = AsyncStream.makeStream(of: Never.self)
        state.withLock { state in
            if state.isOver { continuation.finish() } else { state.waiting.append(continuation) }
        }
        for await _ in over {}
    }
}

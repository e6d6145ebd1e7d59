import Logging
import Synchronization

/// Whether there is room for new messages: what is left below the reserve is for bringing stored messages to their end.
final class SpaceWatch: Sendable {
    private let store: any MessagingStore
    private let reservedOctetCount: Int?
    private let logger: Logger
    private let state = Mutex(false)

    init(store: any MessagingStore, reservedOctetCount: Int?, logger: Logger) {
        self.store = store
        self.reservedOctetCount = reservedOctetCount
        self.logger = logger
    }

    /// Whether new messages must be turned away.
    var isLow: Bool { state.withLock { $0 } }

    /// Looks again; a change is logged.
    func look() {
        guard let space = try? store.space() else { return }
        let free = space.freeOctetCount
        let reserve = space.reserve(reservedOctetCount)
        let isLow = free < reserve
        let wasLow = state.withLock { state in
            defer { state = isLow }
            return state
        }
        guard isLow != wasLow else { return }
        let metadata: Logger.Metadata = ["store.free": "\(free)", "store.reserve": "\(reserve)"]
        if isLow {
            logger.error("The store has little room: one-way messages are turned away with 503", metadata: metadata)
        } else {
            logger.notice("The store has room again", metadata: metadata)
        }
    }
}

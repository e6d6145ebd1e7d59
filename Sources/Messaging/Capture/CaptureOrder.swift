package import FoundationEssentials

/// That a flow's messages are kept with their content, for a while.
package struct CaptureOrder: Hashable, Sendable {
    /// Why it ended.
    package enum Ending: String, Hashable, Sendable, CaseIterable {
        /// Its time is over.
        case time
        /// It has as many exchanges as it may.
        case exchanges
        /// There is no room for more.
        case space
        /// What was captured could not be stored.
        case failure
        /// Somebody ended it.
        case stopped
    }

    /// The flow; it has one order, the latest.
    package let flow: FlowID
    /// When it began.
    package let startedAt: Date
    /// When it ends by itself.
    package let until: Date
    /// How many exchanges are kept at the most.
    package let exchangeLimit: Int
    /// Who ordered it.
    package let actor: String
    /// How many exchanges were taken.
    package var exchangeCount: Int
    /// When it ended; `nil` while it is under way.
    package var endedAt: Date?
    /// Why it ended.
    package var ending: Ending?

    package init(
        flow: FlowID,
        startedAt: Date,
        until: Date,
        exchangeLimit: Int,
        actor: String,
        exchangeCount: Int = 0,
        endedAt: Date? = nil,
        ending: Ending? = nil
    ) {
        self.flow = flow
        self.startedAt = startedAt
        self.until = until
        self.exchangeLimit = exchangeLimit
        self.actor = actor
        self.exchangeCount = exchangeCount
        self.endedAt = endedAt
        self.ending = ending
    }

    /// Whether exchanges that begin at `now` are taken.
    package func isRunning(at now: Date) -> Bool { ending == nil && now < until }

    /// Whether what was taken before the end is still kept.
    var keepsTaken: Bool {
        switch ending {
        case nil, .time, .exchanges: true
        case .space, .failure, .stopped: false
        }
    }
}

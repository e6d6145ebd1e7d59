package import Foundation

/// One exchange of the message log (`GET /messages/log`); never anything of a message's content.
package struct ExchangeResource: Codable, Sendable, Hashable {
    /// A key version, what it did, and how that ended.
    package struct Key: Codable, Sendable, Hashable {
        /// The alias.
        package var alias: String
        /// The version.
        package var version: Int
        /// `sign`, `verify`, `encrypt` or `decrypt`.
        package var purpose: String
        /// `sender` or `receiver`.
        package var side: String
        /// `succeeded`, `failed` or `unanswered`.
        package var outcome: String

        /// A use of a key version.
        package init(alias: String, version: Int, purpose: String, side: String, outcome: String) {
            self.alias = alias
            self.version = version
            self.purpose = purpose
            self.side = side
            self.outcome = outcome
        }
    }

    /// The tenant's name for it.
    package var id: String
    /// The message's own name, `wsa:MessageID`.
    package var messageID: String?
    /// The integration flow.
    package var flow: String
    /// `inbound` or `outbound`.
    package var direction: String
    /// `completed`, `accepted`, `duplicate`, `refused`, `faulted`, `retry` or `failed`.
    package var status: String
    /// When it began.
    package var startedAt: Date
    /// How long it took, in seconds.
    package var seconds: Double
    /// The key versions that were used.
    package var keys: [Key]
    /// The code of the fault.
    package var fault: String?
    /// The cause.
    package var reason: String?
    /// The trace that it belongs to.
    package var traceID: String

    /// An exchange.
    package init(
        id: String,
        messageID: String?,
        flow: String,
        direction: String,
        status: String,
        startedAt: Date,
        seconds: Double,
        keys: [Key],
        fault: String?,
        reason: String?,
        traceID: String
    ) {
        self.id = id
        self.messageID = messageID
        self.flow = flow
        self.direction = direction
        self.status = status
        self.startedAt = startedAt
        self.seconds = seconds
        self.keys = keys
        self.fault = fault
        self.reason = reason
        self.traceID = traceID
    }
}

/// A page of the message log.
package struct ExchangePage: Codable, Sendable, Hashable {
    /// The latest first.
    package var exchanges: [ExchangeResource]
    /// Where the next page begins (`before=`); nil after the last one.
    package var next: Int?

    /// A page.
    package init(exchanges: [ExchangeResource], next: Int?) {
        self.exchanges = exchanges
        self.next = next
    }
}

/// What is asked of the message log; what is nil does not matter.
package struct ExchangeSearch: Sendable, Hashable {
    /// The flow.
    package var flow: String?
    /// What became of it.
    package var status: String?
    /// The tenant's name of the exchange, the message's own, or the trace's.
    package var id: String?
    /// Begun at this moment or later.
    package var since: Date?
    /// Begun before this moment.
    package var until: Date?
    /// `ALIAS` or `ALIAS/VERSION`.
    package var keyVersion: String?
    /// Where the page begins.
    package var before: Int?
    /// How many at the most.
    package var limit = 100

    /// The latest.
    package init() {}

    /// The parts of the query.
    var query: [(String, String)] {
        let parts = [
            ("flow", flow), ("status", status), ("id", id), ("since", since.map(ManagementCoding.text)),
            ("until", until.map(ManagementCoding.text)), ("keyVersion", keyVersion),
            ("before", before.map(String.init)), ("limit", String(limit)),
        ]
        return parts.compactMap { name, value in value.map { (name, $0) } }
    }
}

extension ManagementClient {
    /// A page of the message log.
    package func exchanges(_ search: ExchangeSearch) async throws(ManagementError) -> ExchangePage {
        try await get(["messages", "log"], query: search.query)
    }
}

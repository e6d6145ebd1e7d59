package import Foundation

/// An order to keep a flow's messages with their content (in `GET /flows`).
package struct CaptureOrderResource: Codable, Sendable, Hashable {
    /// The flow.
    package var flow: String
    /// When it began.
    package var startedAt: Date
    /// When it ends by itself.
    package var until: Date
    /// How many exchanges were taken.
    package var exchanges: Int
    /// How many exchanges are taken at the most.
    package var exchangeLimit: Int
    /// Who ordered it.
    package var actor: String
    /// When it ended; nil while it is under way.
    package var endedAt: Date?
    /// `time`, `exchanges`, `space`, `failure` or `stopped`; nil while it is under way.
    package var ending: String?

    /// An order.
    package init(
        flow: String,
        startedAt: Date,
        until: Date,
        exchanges: Int,
        exchangeLimit: Int,
        actor: String,
        endedAt: Date?,
        ending: String?
    ) {
        self.flow = flow
        self.startedAt = startedAt
        self.until = until
        self.exchanges = exchanges
        self.exchangeLimit = exchangeLimit
        self.actor = actor
        self.endedAt = endedAt
        self.ending = ending
    }
}

/// A message that was kept with its content (`GET /captures`).
package struct CaptureResource: Codable, Sendable, Hashable {
    /// Its number.
    package var id: Int
    /// The integration flow.
    package var flow: String
    /// The exchange, by its name in the message log.
    package var exchange: String
    /// `requestReceived`, `requestSent`, `answerReceived` or `answerSent`.
    package var stage: String
    /// When it was there.
    package var at: Date
    /// The HTTP status of an answer.
    package var status: Int?
    /// How many octets it had; the content has fewer when it was cut off.
    package var octets: Int
    /// The value of `Content-Type`; only in the answer to `GET /captures/{id}`.
    package var contentType: String?
    /// The content, in Base64; only in the answer to `GET /captures/{id}`.
    package var content: Data?

    /// A message.
    package init(
        id: Int,
        flow: String,
        exchange: String,
        stage: String,
        at: Date,
        status: Int?,
        octets: Int,
        contentType: String? = nil,
        content: Data? = nil
    ) {
        self.id = id
        self.flow = flow
        self.exchange = exchange
        self.stage = stage
        self.at = at
        self.status = status
        self.octets = octets
        self.contentType = contentType
        self.content = content
    }
}

/// The body of `POST /flows/{id}/capture`.
package struct CaptureFlow: Codable, Sendable, Hashable {
    /// How long, in seconds; not longer than the tenant's configuration allows.
    package var seconds: Int
    /// How many exchanges at the most; nil takes what the configuration allows.
    package var exchanges: Int?
    /// Why; it is in the audit log.
    package var reason: String?

    /// An order.
    package init(seconds: Int, exchanges: Int? = nil, reason: String? = nil) {
        self.seconds = seconds
        self.exchanges = exchanges
        self.reason = reason
    }
}

/// The body of `POST /flows/{id}/capture/stop`.
package struct StopCapture: Codable, Sendable, Hashable {
    /// Whether what was kept of the flow is erased.
    package var erase: Bool

    /// The end of an order.
    package init(erase: Bool) { self.erase = erase }
}

package import FoundationEssentials

/// A message that was kept with its content.
package struct CapturedMessage: Hashable, Sendable {
    /// Where in an exchange it was.
    package enum Stage: String, Hashable, Sendable, CaseIterable {
        /// As the sender sent it, decompressed.
        case requestReceived
        /// As it went to the receiver, before compression.
        case requestSent
        /// As the receiver answered, decompressed.
        case answerReceived
        /// As it went back to the sender, before compression.
        case answerSent
    }

    /// Its number in the store; 0 before it is stored.
    package let id: Int
    /// The flow.
    package let flow: FlowID
    /// The exchange that it belongs to, by its name in the message log.
    package let exchange: String
    /// Where in the exchange it was.
    package let stage: Stage
    /// When it was there.
    package let at: Date
    /// The HTTP status of an answer.
    package let status: Int?
    /// How many octets it had; the content has fewer when it was cut off.
    package let octetCount: Int
    /// A ``CapturedContent``, sealed under the master key with ``sealingContext(_:_:)``; empty in lists.
    package let sealed: [UInt8]

    package init(
        id: Int = 0,
        flow: FlowID,
        exchange: String,
        stage: Stage,
        at: Date,
        status: Int?,
        octetCount: Int,
        sealed: [UInt8]
    ) {
        self.id = id
        self.flow = flow
        self.exchange = exchange
        self.stage = stage
        self.at = at
        self.status = status
        self.octetCount = octetCount
        self.sealed = sealed
    }

    /// What the content is bound to: its place in its exchange.
    package static func sealingContext(_ exchange: String, _ stage: Stage) -> String {
        "captured/\(exchange)/\(stage.rawValue)"
    }
}

/// What is sealed of a captured message.
package struct CapturedContent: Hashable, Sendable {
    /// The value of `Content-Type`; empty when there was none.
    package let contentType: String
    /// The octets, from the beginning.
    package let octets: [UInt8]

    init(contentType: String, octets: [UInt8]) {
        self.contentType = contentType
        self.octets = octets
    }

    /// Reads ``plaintext``.
    init(plaintext: [UInt8]) {
        let end = plaintext.firstIndex(of: Self.lineEnd) ?? plaintext.endIndex
        contentType = String(decoding: plaintext[..<end], as: UTF8.self)
        octets = Array(plaintext[end...].dropFirst())
    }

    /// The media type, a line end, the octets.
    var plaintext: [UInt8] { contentType.utf8.filter { $0 != Self.lineEnd } + [Self.lineEnd] + octets }

    private static let lineEnd = UInt8(ascii: "\n")
}

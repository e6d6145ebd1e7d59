import WSSecurity

/// The answer to a message, for the HTTP server to send.
package struct InboundReply: Sendable {
    /// The HTTP status.
    package let status: Int
    /// The value of `Content-Type`; `nil` when there is no body.
    package let contentType: String?
    /// Further header fields.
    package private(set) var headers: [(name: String, value: String)]
    /// The SOAP message; empty when the status says it all.
    package private(set) var payload: Payload
    /// The exchange that the answer ends; `nil` when none was begun.
    ///
    /// The server calls ``ExchangePass/end()`` when the answer has left. Until then, or until the reply is released, an
    /// undeployment waits for it.
    package let exchange: ExchangePass?

    init(
        status: Int,
        contentType: String? = nil,
        headers: [(name: String, value: String)] = [],
        payload: Payload = Payload(),
        exchange: ExchangePass? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.payload = payload
        self.exchange = exchange
    }

    /// The octets of the message, in memory; none when they cannot be read.
    package var body: [UInt8] { (try? payload.octets()) ?? [] }

    /// The same answer compressed by gzip, where that makes it smaller.
    func compressed(_ terms: PayloadTerms) async -> InboundReply {
        guard payload.octetCount >= Self.leastCompressed else { return self }
        let payload = payload
        let smaller = try? await LongWork.run { try GzipWriter.compressed(payload, terms) }
        guard let smaller else { return self }
        var reply = self
        reply.payload = smaller
        reply.headers += [(name: "Content-Encoding", value: "gzip"), (name: "Vary", value: "Accept-Encoding")]
        return reply
    }

    /// Fewer octets travel as fast as they are.
    private static let leastCompressed = 1024
}

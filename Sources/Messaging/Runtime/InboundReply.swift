/// The answer to a message, for the HTTP server to send.
package struct InboundReply: Sendable {
    /// The HTTP status.
    package let status: Int
    /// The value of `Content-Type`; `nil` when there is no body.
    package let contentType: String?
    /// Further header fields.
    package let headers: [(name: String, value: String)]
    /// The SOAP envelope; empty when the status says it all.
    package let body: [UInt8]
    /// The exchange that the answer ends; `nil` when none was begun.
    ///
    /// The server calls ``ExchangePass/end()`` when the answer has left. Until then, or until the reply is released, an
    /// undeployment waits for it.
    package let exchange: ExchangePass?

    init(
        status: Int,
        contentType: String? = nil,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        exchange: ExchangePass? = nil
    ) {
        self.status = status
        self.contentType = contentType
        self.headers = headers
        self.body = body
        self.exchange = exchange
    }
}

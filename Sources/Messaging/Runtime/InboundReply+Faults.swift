import WSSecurity

extension InboundReply {
    /// A SOAP fault.
    static func fault(_ fault: SOAPFault, status: Int, exchange: ExchangePass? = nil) -> InboundReply {
        InboundReply(
            status: status,
            contentType: fault.version.contentType,
            body: fault.envelope(),
            exchange: exchange
        )
    }

    /// 503 with `Retry-After`: nothing was done, the same message may be sent again.
    static func comeAgain(
        _ reason: String,
        version: SOAPVersion,
        after seconds: Int,
        exchange: ExchangePass? = nil
    ) -> InboundReply {
        let fault = SOAPFault(version: version, code: .server, reason: reason)
        return InboundReply(
            status: 503,
            contentType: version.contentType,
            headers: [(name: "Retry-After", value: String(min(max(seconds, 0), 3600)))],
            body: fault.envelope(),
            exchange: exchange
        )
    }
}

extension SOAPVersion {
    /// The HTTP status of a fault: 500, but 400 for SOAP 1.2's Sender faults (SOAP 1.2 part 2 section 7.5.2.2).
    func status(of fault: SOAPFault) -> Int {
        self == .soap12 && fault.code == .client ? 400 : 500
    }
}

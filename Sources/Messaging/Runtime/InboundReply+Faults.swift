import WSSecurity

extension InboundReply {
    /// A SOAP fault.
    static func fault(_ fault: SOAPFault, status: Int, exchange: ExchangePass? = nil) -> InboundReply {
        InboundReply(
            status: status,
            contentType: fault.version.contentType,
            payload: Payload(fault.envelope()),
            exchange: exchange
        )
    }

    /// A SOAP fault because blocks of the header were not understood.
    static func notUnderstood(
        _ names: [SOAPEnvelope.Name],
        version: SOAPVersion,
        exchange: ExchangePass
    ) -> InboundReply {
        let fault = SOAPFault(
            version: version,
            code: .mustUnderstand,
            reason: "A header block that is for this endpoint and must be understood is not"
        )
        return InboundReply(
            status: version.status(of: fault),
            contentType: version.contentType,
            payload: Payload(fault.envelope(notUnderstood: names)),
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
            payload: Payload(fault.envelope()),
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

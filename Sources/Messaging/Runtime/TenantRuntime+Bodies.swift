import WSSecurity

/// Bodies on their way in.
extension TenantRuntime {
    /// What takes in the body of a request, by the limits of the flow at `path`.
    ///
    /// Throws when it can be told beforehand that the body will not be taken; ``refuse(path:headers:_:)`` answers then.
    package func bodyReader(
        path: String,
        headers: [(name: String, value: String)]
    ) throws(BodyError) -> BodyReader {
        var terms = context.configuration.payloads
        if let flow = table.entry(path: path)?.flow { terms.octetLimit = flow.sender.octetLimit(terms.octetLimit) }
        if let length = headers.field("content-length").flatMap({ Int($0) }), length > terms.octetLimit {
            throw .tooLarge(limit: terms.octetLimit)
        }
        let codings = headers.fields("content-encoding")
        return try BodyReader(contentEncoding: codings.joined(separator: ","), terms)
    }

    /// The answer to a request whose body was not taken.
    package func refuse(
        path: String,
        headers: [(name: String, value: String)],
        _ error: BodyError
    ) -> InboundReply {
        guard let flow = table.entry(path: path)?.flow else {
            return Self.nothingHere(headers.field("content-type") ?? "")
        }
        let now = context.now
        let facts = ExchangeFacts(
            flow: flow.id,
            direction: .inbound,
            trace: .continuing(headers, at: now),
            startedAt: now
        )
        let context = context.observing(facts)
        context.count(.arrived, on: flow.id)
        context.count(.refused, on: flow.id)
        let refusal = FormRefusal(error)
        context.logRefusal(ofForm: refusal.cause, flow: flow)
        context.meters.observe(facts)
        return .fault(refusal.fault(flow.sender.soapVersion), status: refusal.status)
    }
}

extension [(name: String, value: String)] {
    /// The first value of a field; `name` in lower case.
    func field(_ name: String) -> String? { first { $0.name.isFieldName(name) }?.value }

    /// All values of a field; `name` in lower case.
    func fields(_ name: String) -> [String] { filter { $0.name.isFieldName(name) }.map(\.value) }
}

extension String {
    /// Whether this is `name`, which is in lower case; field names have ASCII letters (RFC 9110 section 5.1).
    fileprivate func isFieldName(_ name: String) -> Bool {
        let (left, right) = (utf8, name.utf8)
        return left.count == right.count
            && zip(left, right).allSatisfy { (0x41...0x5A).contains($0) ? $0 | 0x20 == $1 : $0 == $1 }
    }
}

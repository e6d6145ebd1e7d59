import WSSecurity

/// What the receiver made of a probe.
package enum ProbeResult: Hashable, Sendable {
    /// It took the message, or answered it as agreed.
    case accepted(status: String)
    /// It could not verify or decrypt the message: it answered with a security fault.
    case refused(status: String)
    /// Nothing was learnt about the key: nobody answered, or something else was wrong.
    case inconclusive(status: String)
}

extension ProbeResult {
    /// What an answer that was awaited under `probe` shows.
    init(_ answer: ReceiverAnswer, to probe: FlowProbe) {
        switch answer {
        case .taken: self = .accepted(status: "taken without a fault")
        case .reply(let message):
            let name = (try? SOAPEnvelope(message.outline))?.bodyElementName
            guard let expected = probe.expected, name.map(FlowProbe.Answer.init) != expected else {
                self = .accepted(status: "answered with \(name?.localName ?? "an empty Body")")
                return
            }
            self = .inconclusive(
                status: "answered with \(name?.localName ?? "an empty Body") instead of \(expected.localName)"
            )
        case .fault(_, let fault) where fault.concernsKeys, .unprotectedFault(let fault) where fault.concernsKeys:
            self = .refused(status: fault.summary)
        case .fault, .unprotectedFault, .unacceptable, .unreachable, .unprotectable, .withdrawn:
            self = .inconclusive(status: answer.reason)
        }
    }
}

extension FlowProbe.Answer {
    fileprivate init(_ name: SOAPEnvelope.Name) {
        self.init(namespace: name.namespace, localName: name.localName)
    }
}

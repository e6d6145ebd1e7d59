import WSSecurity

/// What is done about messages that are not as SOAP and the flow want them.
extension Conversation {
    /// Logs the cause and answers with a fault.
    func refuse(_ refusal: FormRefusal) -> InboundReply {
        count(.refused)
        context.logRefusal(ofForm: refusal.cause, flow: flow)
        return .fault(refusal.fault(version), status: refusal.status, exchange: pass)
    }

    /// What speaks against a message whose security is right.
    func refusal(of message: OpenedMessage) throws(SecurityFault) -> InboundReply? {
        guard message.version == version else { return refuse(.wrongVersion(version)) }
        let actor = flow.sender.request.demands.actor
        let names = try flow.sender.mustUnderstand.notUnderstood(in: message.outline, actor: actor)
        guard !names.isEmpty else { return nil }
        count(.refused)
        let text = names.prefix(4).map { "{\($0.namespace.prefix(128))}\($0.localName.prefix(64))" }
        context.logRefusal(
            ofForm: "header blocks for this endpoint are not understood: \(text.joined(separator: ", "))",
            flow: flow
        )
        return .notUnderstood(names, version: version, exchange: pass)
    }
}

extension MessageEntity {
    /// A fault of ours.
    init(_ fault: SOAPFault) { self.init(envelope: Payload(fault.envelope())) }
}

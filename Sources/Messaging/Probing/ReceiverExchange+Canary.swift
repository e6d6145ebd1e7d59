import Keystore
import Logging
import WSSecurity

extension ReceiverExchange {
    /// Carries one message to the receiver as ``send(_:action:assertion:in:)`` does, and lets it be a canary where one is due.
    ///
    /// A canary that the receiver answers with a security fault goes out once more at once, under the active version: the fault says
    /// that the message was not processed (SOAP Message Security 1.1.1 section 12). It is the same envelope with the same
    /// `wsa:MessageID`, and no other canary goes out under these terms.
    func sendTryingKeys(
        _ request: MessageEntity,
        action: String?,
        assertion: [UInt8]? = nil,
        in pass: ExchangePass
    ) async -> ReceiverAnswer {
        guard let permit = context.canaries.draw(flow.id) else {
            return await send(request, action: action, assertion: assertion, in: pass)
        }
        var canary = self
        canary.permit = permit
        let answer = await canary.send(request, action: action, assertion: assertion, in: pass)
        guard answer.saysNotProcessed else { return answer }
        context.canaries.suspend(flow.id, permit)
        context.logger.warning(
            "Canary refused: the message is sent again under the active key",
            metadata: [
                "canary.name": "\(permit.name)", "key.version": "\(permit.version)",
                "partner.id": "\(flow.receiver.partner)", "reason": "\(answer.reason)",
            ]
        )
        return await send(request, action: action, assertion: assertion, in: pass)
    }
}

extension ReceiverAnswer {
    /// Whether the receiver cannot have processed the message: it never left, or its protection was refused.
    var saysNotProcessed: Bool {
        switch self {
        case .fault(_, let fault), .unprotectedFault(let fault): fault.concernsKeys
        case .unprotectable: true
        case .taken, .reply, .unacceptable, .unreachable, .withdrawn: false
        }
    }
}

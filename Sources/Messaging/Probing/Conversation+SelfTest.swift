import Keystore
import Logging
import WSSecurity

extension Conversation {
    /// Answers a sender's stack that tries a new key out: a nonce under that key, or whether one came back.
    ///
    /// The request is judged like any of the flow, but for replays: a nonce is taken once.
    func selfTest(_ body: Payload, contentType: String, at desk: SelfTestDesk) async -> InboundReply {
        let entity: MessageEntity
        switch InboundForm(flow: flow, octetLimit: context.configuration.messageOctetLimit).read(body, contentType) {
        case .success(let read): entity = read
        case .failure(let refusal): return refuse(refusal)
        }
        do {
            let message = try await MessageOpening(
                context: context,
                flow: flow.id,
                partner: flow.sender.partner,
                side: .sender,
                policy: flow.sender.request
            )
            .open(entity)
            guard !message.entity.envelope.isSpooled, let request = SelfTestMessage.request(message.outline) else {
                return refuseTest("This endpoint takes the messages of a self-test alone")
            }
            return try await answer(request, to: message, at: desk)
        } catch let fault as SecurityFault {
            return refuse(fault)
        } catch {
            context.logFailure("Self-test not answered", error, flow: flow.id)
            return comeAgain("The self-test could not be answered", after: nil)
        }
    }

    private func answer(
        _ request: SelfTestMessage.Request,
        to message: OpenedMessage,
        at desk: SelfTestDesk
    ) async throws -> InboundReply {
        switch request {
        case .begin:
            guard let offer = desk.offer(on: flow.id) else {
                return refuseTest("No new key is on trial on this flow now")
            }
            let nonce = SelfTestMessage.nonce()
            desk.issue(nonce, for: offer, at: context.now)
            return try await protected(SelfTestMessage.challenge(nonce, version), message, permit: offer.permit)
        case .comeBack(let nonce):
            guard desk.redeem(nonce, on: flow.id, at: context.now) else {
                return refuseTest("The nonce is not known, was returned before or is too old: begin again")
            }
            context.logger.notice("Self-test passed", metadata: ["partner.id": "\(flow.sender.partner)"])
            return try await protected(SelfTestMessage.passed(version), message, permit: nil)
        }
    }

    private func protected(
        _ answer: [UInt8],
        _ request: OpenedMessage,
        permit: ProbePermit?
    ) async throws -> InboundReply {
        guard let terms = flow.sender.response else { return refuseTest("This flow has no protected answers") }
        let protection = MessageProtection(
            context: context,
            flow: flow.id,
            partner: flow.sender.partner,
            side: .sender,
            protection: terms,
            confirming: request.signatures.map(\.value),
            permit: permit
        )
        let message = try await protection.protect(MessageEntity(envelope: Payload(answer)), in: pass)
        guard pass.maySend else { return comeAgain("The flow was undeployed", after: nil) }
        protection.record(message, .unanswered)
        context.facts?.note(.completed)
        return InboundReply(
            status: 200,
            contentType: message.message.contentType(version),
            payload: try message.message.payload(),
            exchange: pass
        )
    }

    private func refuseTest(_ reason: String) -> InboundReply {
        context.facts?.note(.refused)
        let fault = SOAPFault(version: version, code: .client, reason: reason)
        return .fault(fault, status: version.status(of: fault), exchange: pass)
    }
}

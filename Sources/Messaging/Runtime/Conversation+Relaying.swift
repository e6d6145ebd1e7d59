import Keystore
import Logging
import WSSecurity

/// Passing a message on while its sender waits.
extension Conversation {
    /// Sends the request to the receiver and makes the sender's answer of what comes back.
    func relay(_ request: OpenedMessage, _ action: String?) async -> InboundReply {
        let demanded = flow.sender.request.demands.assertion?.confirmation
        let answer = await ReceiverExchange(context: context, flow: flow, replays: replays)
            .sendTryingKeys(
                request.entity,
                action: action,
                assertion: request.assertions.first { $0.confirmation == demanded }?.octets,
                in: pass
            )
        switch answer {
        case .taken, .reply, .fault: break
        default: context.logObstacle(answer, flow: flow)
        }
        switch answer {
        case .reply where isRobust, .taken where isRobust:
            count(.delivered)
            count(.accepted)
            return InboundReply(status: 202, exchange: pass)
        case .reply(let message):
            count(.delivered)
            return await protected(message.entity, status: 200, counting: .accepted, request)
        case .fault(let message, let fault):
            if fault.isSecurityFault { context.logObstacle(answer, flow: flow) }
            return await protected(message.entity, status: version.status(of: fault), counting: .faulted, request)
        case .unprotectedFault(let fault) where isRobust && flow.receiver.response == nil && !fault.isSecurityFault:
            return await protected(MessageEntity(fault), status: version.status(of: fault), counting: .faulted, request)
        case .unprotectedFault: return await ownFault("The receiver answered with a fault", 500, request)
        case .unacceptable: return await ownFault("The receiver's answer was not acceptable", 502, request)
        case .unreachable(_, let retryAfter): return comeAgain("The receiver is not available", after: retryAfter)
        case .unprotectable, .withdrawn, .taken: return comeAgain("The message was not forwarded", after: nil)
        }
    }

    private var isRobust: Bool { flow.pattern == .oneWayRobust }

    private func ownFault(_ reason: String, _ status: Int, _ request: OpenedMessage) async -> InboundReply {
        let fault = SOAPFault(version: version, code: .server, reason: reason)
        return await protected(MessageEntity(fault), status: status, counting: .faulted, request)
    }

    private func protected(
        _ answer: MessageEntity,
        status: Int,
        counting event: FlowEvent,
        _ request: OpenedMessage
    ) async -> InboundReply {
        guard let terms = flow.sender.response else {
            count(event)
            return InboundReply(
                status: status,
                contentType: version.contentType,
                payload: answer.envelope,
                exchange: pass
            )
        }
        let protection = MessageProtection(
            context: context,
            flow: flow.id,
            partner: flow.sender.partner,
            side: .sender,
            protection: terms,
            confirming: request.signatures.map(\.value)
        )
        do {
            let message = try await protection.protect(answer, in: pass)
            guard pass.maySend else { return comeAgain("The flow was undeployed", after: nil) }
            let payload = try message.message.payload()
            protection.record(message, .succeeded)
            count(event)
            return InboundReply(
                status: status,
                contentType: message.message.contentType(version),
                payload: payload,
                exchange: pass
            )
        } catch {
            context.logFailure("Answer not protected", error, flow: flow.id)
            return comeAgain("The answer could not be protected", after: nil)
        }
    }
}

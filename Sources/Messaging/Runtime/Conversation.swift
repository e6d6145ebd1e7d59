import FoundationEssentials
import Keystore
import Logging
import WSSecurity

/// What the tenant does with one message of a sender, from the open door to the answer.
struct Conversation {
    let context: RuntimeContext
    let flow: IntegrationFlow
    let pass: ExchangePass
    let queue: DeliveryQueue
    let replays: ReplayMemory

    /// Processes the message and answers it.
    func answer(_ body: Payload, contentType: String, soapAction: String?) async -> InboundReply {
        let entity: MessageEntity
        switch InboundForm(flow: flow, octetLimit: context.configuration.messageOctetLimit).read(body, contentType) {
        case .success(let read): entity = read
        case .failure(let refusal): return refuse(refusal)
        }
        let marks = flow.sender.request.detectsReplays ? MarkCollector() : nil
        let opening = MessageOpening(
            context: context,
            flow: flow.id,
            partner: flow.sender.partner,
            side: .sender,
            policy: flow.sender.request,
            marks: marks
        )
        let message: OpenedMessage
        do {
            message = try await opening.open(entity)
            if let refusal = try refusal(of: message) { return refusal }
        } catch let fault as SecurityFault {
            count(.refused)
            return refuse(fault)
        } catch let error as MIMEError {
            return refuse(FormRefusal(error))
        } catch {
            context.logFailure("Message not processed", error, flow: flow.id)
            return comeAgain("The message could not be processed", after: nil)
        }
        context.facts?.noteName(of: message.outline)
        guard await isSaved(body, in: entity.frame) else {
            return comeAgain("The message could not be stored", after: nil)
        }
        let action = MediaType.action(soapAction: soapAction, contentType: contentType)
        let entry = marks?.entry(on: flow.id)
        switch flow.pattern {
        case .requestReply: return await relayOnce(message, action, entry)
        case .oneWay: return await store(message, action, entry)
        case .oneWayRobust: return await passOn(message, action, entry)
        }
    }

    /// Whether the message is in the archive where the flow wants it there: a message that cannot be kept is not taken.
    private func isSaved(_ body: Payload, in frame: MultipartFrame?) async -> Bool {
        guard flow.sender.request.savesIncoming else { return true }
        do {
            guard let archive = context.configuration.archive else { throw DeploymentError.missingArchive(flow.id) }
            let name = try await archive.save(StoredEntity.octets(of: body, in: frame), of: flow.id, at: context.now)
            context.logger.info("message saved", metadata: ["flow.id": "\(flow.id)", "archive.file": "\(name)"])
            return true
        } catch {
            context.logFailure("Message not saved", error, flow: flow.id)
            return false
        }
    }

    var version: SOAPVersion { flow.sender.soapVersion }

    func count(_ event: FlowEvent) {
        context.count(event, on: flow.id)
    }

    // MARK: One-way

    private func store(_ message: OpenedMessage, _ action: String?, _ entry: ReplayEntry?) async -> InboundReply {
        guard !context.space.isLow else { return comeAgain("The message could not be stored", after: nil) }
        do {
            switch try await queue.accept(
                message,
                action: action,
                entry: entry,
                flow: flow,
                trace: context.facts?.trace
            ) {
            case .accepted:
                count(.accepted)
                context.facts?.note(.accepted)
            case .duplicate: return answerAgain()
            case .replayed: return refuseReplay()
            case .full: return turnAwayUnremembered()
            }
            return InboundReply(status: 202, exchange: pass)
        } catch let fault as SecurityFault {
            count(.refused)
            return refuse(fault)
        } catch let error as MIMEError {
            return refuse(FormRefusal(error))
        } catch {
            context.logFailure("Message not stored", error, flow: flow.id)
            return comeAgain("The message could not be stored", after: nil)
        }
    }

    // MARK: Request and reply

    func relay(_ request: OpenedMessage, _ action: String?) async -> InboundReply {
        let demanded = flow.sender.request.demands.assertion?.confirmation
        let answer = await ReceiverExchange(context: context, flow: flow, replays: replays)
            .send(
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

    func comeAgain(_ reason: String, after seconds: Int?) -> InboundReply {
        count(.turnedAway)
        return .comeAgain(
            reason,
            version: version,
            after: seconds ?? context.configuration.retryAfter,
            exchange: pass
        )
    }
}

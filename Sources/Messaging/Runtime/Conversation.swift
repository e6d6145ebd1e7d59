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
    func answer(_ body: [UInt8], contentType: String, soapAction: String?) async -> InboundReply {
        if let refusal = refusalOfForm(body, contentType) { return refusal }
        let marks = flow.sender.request.detectsReplays ? MarkCollector() : nil
        let opening = MessageOpening(
            context: context,
            flow: flow.id,
            partner: flow.sender.partner,
            side: .sender,
            policy: flow.sender.request,
            marks: marks
        )
        let message: ProcessedMessage
        do throws(SecurityFault) {
            message = try opening.open(body)
        } catch {
            count(.refused)
            return refuse(error)
        }
        context.facts?.noteName(of: message.envelope)
        guard message.version == version else {
            count(.refused)
            let reason = "This endpoint speaks SOAP \(version.rawValue)"
            context.logRefusal(ofForm: "its envelope is not of SOAP \(version.rawValue)", flow: flow)
            let fault = SOAPFault(version: version, code: .versionMismatch, reason: reason)
            return .fault(fault, status: 500, exchange: pass)
        }
        guard await isSaved(body) else { return comeAgain("The message could not be stored", after: nil) }
        let action = MediaType.action(soapAction: soapAction, contentType: contentType)
        let entry = marks?.entry(on: flow.id)
        switch flow.pattern {
        case .requestReply: return await relayOnce(message, action, entry)
        case .oneWay: return await store(message.envelope, action, entry)
        case .oneWayRobust: return await passOn(message, action, entry)
        }
    }

    /// Whether the message is in the archive where the flow wants it there: a message that cannot be kept is not taken.
    private func isSaved(_ body: [UInt8]) async -> Bool {
        guard flow.sender.request.savesIncoming else { return true }
        do {
            guard let archive = context.configuration.archive else { throw DeploymentError.missingArchive(flow.id) }
            let name = try await archive.save(body, of: flow.id, at: context.now)
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

    private func refusalOfForm(_ body: [UInt8], _ contentType: String) -> InboundReply? {
        if MediaType.essence(contentType) != version.mediaType {
            count(.refused)
            context.logRefusal(ofForm: "its media type is not \(version.mediaType)", flow: flow)
            let fault = SOAPFault(version: version, code: .client, reason: "Send \(version.mediaType)")
            return .fault(fault, status: 415, exchange: pass)
        }
        if body.count > context.configuration.messageOctetLimit {
            count(.refused)
            let limit = context.configuration.messageOctetLimit
            context.logRefusal(ofForm: "it has more than \(limit) octets, the limit of a message", flow: flow)
            let fault = SOAPFault(version: version, code: .client, reason: "The message is too large")
            return .fault(fault, status: 413, exchange: pass)
        }
        return nil
    }

    // MARK: One-way

    private func store(_ envelope: [UInt8], _ action: String?, _ entry: ReplayEntry?) async -> InboundReply {
        guard !context.space.isLow else { return comeAgain("The message could not be stored", after: nil) }
        do {
            switch try await queue.accept(
                envelope,
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
        } catch {
            context.logFailure("Message not stored", error, flow: flow.id)
            return comeAgain("The message could not be stored", after: nil)
        }
    }

    // MARK: Request and reply

    func relay(_ request: ProcessedMessage, _ action: String?) async -> InboundReply {
        let demanded = flow.sender.request.demands.assertion?.confirmation
        let answer = await ReceiverExchange(context: context, flow: flow, replays: replays)
            .send(
                request.envelope,
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
            return await protected(message.envelope, status: 200, counting: .accepted, request)
        case .fault(let message, let fault):
            if fault.isSecurityFault { context.logObstacle(answer, flow: flow) }
            return await protected(message.envelope, status: version.status(of: fault), counting: .faulted, request)
        case .unprotectedFault(let fault) where isRobust && flow.receiver.response == nil && !fault.isSecurityFault:
            return await protected(fault.envelope(), status: version.status(of: fault), counting: .faulted, request)
        case .unprotectedFault: return await ownFault("The receiver answered with a fault", 500, request)
        case .unacceptable: return await ownFault("The receiver's answer was not acceptable", 502, request)
        case .unreachable(_, let retryAfter): return comeAgain("The receiver is not available", after: retryAfter)
        case .unprotectable, .withdrawn, .taken: return comeAgain("The message was not forwarded", after: nil)
        }
    }

    private var isRobust: Bool { flow.pattern == .oneWayRobust }

    private func ownFault(_ reason: String, _ status: Int, _ request: ProcessedMessage) async -> InboundReply {
        let fault = SOAPFault(version: version, code: .server, reason: reason)
        return await protected(fault.envelope(), status: status, counting: .faulted, request)
    }

    private func protected(
        _ envelope: [UInt8],
        status: Int,
        counting event: FlowEvent,
        _ request: ProcessedMessage
    ) async -> InboundReply {
        guard let terms = flow.sender.response else {
            count(event)
            return InboundReply(status: status, contentType: version.contentType, body: envelope, exchange: pass)
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
            let message = try await protection.protect(envelope, in: pass)
            guard pass.maySend else { return comeAgain("The flow was undeployed", after: nil) }
            protection.record(message, .succeeded)
            count(event)
            return InboundReply(
                status: status,
                contentType: version.contentType,
                body: message.octets,
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

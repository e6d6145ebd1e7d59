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
        } catch let fault as SecurityFault where fault.outward.code == .cannotProtect {
            // A matter of our own keys: the sender may send the same message again.
            context.logRefusal(of: "request", fault, flow: flow.id, partner: flow.sender.partner)
            return comeAgain("The message cannot be opened now", after: nil)
        } catch let fault as SecurityFault {
            count(.refused)
            return refuse(fault)
        } catch let error as MIMEError {
            return refuse(FormRefusal(error))
        } catch {
            context.logFailure("Message not processed", error, flow: flow.id)
            return comeAgain("The message could not be processed", after: nil)
        }
        // One that is stored, or remembered, has its name read then.
        if flow.pattern == .requestReply { context.facts?.noteName(of: message.outline) }
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

    var version: SOAPVersion { flow.sender.soapVersion }

    func count(_ event: FlowEvent) {
        context.count(event, on: flow.id)
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

import Logging
import WSSecurity

extension Conversation {
    /// Passes a one-way message on while its sender waits (the robust pattern): 202 when the receiver took it, or its fault.
    ///
    /// The name of a message that was taken is remembered before the 202 leaves.
    func passOn(_ request: OpenedMessage, _ action: String?, _ entry: ReplayEntry?) async -> InboundReply {
        do {
            let (intake, message) = try await queue.announce(
                request,
                action: action,
                entry: entry,
                flow: flow,
                facts: context.facts
            )
            switch intake {
            case .accepted: break
            case .duplicate: return answerAgain()
            case .replayed: return refuseReplay()
            case .full: return turnAwayUnremembered()
            }
            let reply = await relay(request, action)
            if reply.status == 202 { await complete(message) }
            if let entry { await forget(entry, after: reply) }
            return reply
        } catch let fault as SecurityFault {
            count(.refused)
            return refuse(fault)
        } catch {
            context.logFailure("Message not remembered", error, flow: flow.id)
            return comeAgain("The message could not be recorded", after: nil)
        }
    }

    /// The receiver has the message, whatever the store says: the sender is told so.
    private func complete(_ message: StoredMessage) async {
        do {
            try await queue.complete(message)
        } catch {
            context.logFailure("Delivered message not remembered: a repetition will be delivered", error, flow: flow.id)
        }
    }

    /// 202 for what was accepted before.
    func answerAgain() -> InboundReply {
        count(.duplicate)
        context.logDuplicate(flow: flow)
        return InboundReply(status: 202, exchange: pass)
    }
}

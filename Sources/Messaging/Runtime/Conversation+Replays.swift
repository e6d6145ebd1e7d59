import Logging
import WSSecurity

/// What is done about messages that were accepted before.
extension Conversation {
    /// Passes a message on that is remembered before it leaves.
    ///
    /// One of which nothing came is forgotten again, because its sender is asked for the same message.
    func relayOnce(_ request: OpenedMessage, _ action: String?, _ entry: ReplayEntry?) async -> InboundReply {
        guard let entry else { return await relay(request, action) }
        do {
            switch try await replays.admit(entry) {
            case .recorded: break
            case .repeated: return refuseReplay()
            case .full: return turnAwayUnremembered()
            }
        } catch {
            context.logFailure("Message not remembered", error, flow: flow.id)
            return comeAgain("The message could not be recorded", after: nil)
        }
        let reply = await relay(request, action)
        await forget(entry, after: reply)
        return reply
    }

    /// Forgets what the sender is asked to send again.
    func forget(_ entry: ReplayEntry, after reply: InboundReply) async {
        guard reply.status == 503 else { return }
        do {
            try await replays.withdraw(entry)
        } catch {
            context.logFailure("Message not forgotten: its sender must protect it anew", error, flow: flow.id)
        }
    }

    func refuseReplay() -> InboundReply {
        count(.replayed)
        return refuse(SecurityFault(.failedCheck, "this message was accepted before: it is a replay"))
    }

    func turnAwayUnremembered() -> InboundReply {
        context.logFullReplayMemory(flow: flow)
        return comeAgain("The message could not be recorded", after: nil)
    }

    /// Logs the true cause and answers with its outward form.
    func refuse(_ fault: SecurityFault) -> InboundReply {
        context.logRefusal(of: "request", fault, flow: flow.id, partner: flow.sender.partner)
        let outward = SOAPFault.security(fault, version: version)
        return .fault(outward, status: version.status(of: outward), exchange: pass)
    }
}

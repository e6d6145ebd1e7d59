import Logging
import WSSecurity

/// What is kept of a message: one-way ones in the queue, and all in the archive where the flow wants it.
extension Conversation {
    /// Stores a one-way message; answers when it is safe to.
    func store(_ message: OpenedMessage, _ action: String?, _ entry: ReplayEntry?) async -> InboundReply {
        guard !context.space.isLow else { return comeAgain("The message could not be stored", after: nil) }
        do {
            switch try await queue.accept(
                message,
                action: action,
                entry: entry,
                flow: flow,
                facts: context.facts
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

    /// Whether the message is in the archive where the flow wants it there: a message that cannot be kept is not taken.
    func isSaved(_ body: Payload, in frame: MultipartFrame?) async -> Bool {
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
}

import WSSecurity

/// Reading what a receiver answers.
extension ReceiverExchange {
    /// What the response to a request means, by the channel's policy.
    func read(
        _ response: ReceiverClient.Response,
        to request: MessageProtection.Outcome
    ) async -> ReceiverAnswer {
        let isSuccess = (200...299).contains(response.status)
        // 400 and 500 carry SOAP faults (SOAP 1.1 section 6.2, SOAP 1.2 part 2 section 7.5.2); other statuses are
        // HTTP's.
        guard isSuccess || response.status == 500 || response.status == 400 else {
            return .unreachable(reason: response.summary, retryAfter: response.retryAfter)
        }
        let entity: MessageEntity?
        do {
            entity = try soap(response)
        } catch {
            return .unreachable(reason: "\(response.summary): \(error)", retryAfter: response.retryAfter)
        }
        switch (flow.receiver.response, entity) {
        case (_, nil) where isSuccess && flow.pattern != .requestReply: return .taken
        case (_, nil):
            return .unreachable(reason: response.summary + " and no SOAP message", retryAfter: response.retryAfter)
        case (nil, let entity?): return readStatusAnswer(entity, isSuccess)
        case (let policy?, let entity?): return await openOnce(entity, policy, to: request)
        }
    }

    /// The SOAP message in a response; `nil` when it is something else.
    private func soap(_ response: ReceiverClient.Response) throws -> MessageEntity? {
        guard response.body.octetCount > 0 else { return nil }
        let version = flow.sender.soapVersion
        switch MediaType.essence(response.contentType) {
        case version.mediaType: return MessageEntity(envelope: response.body)
        case MediaType.related:
            let entity = try MessageEntity(response.body, contentType: response.contentType)
            return entity.frame?.version == version ? entity : nil
        default: return nil
        }
    }

    /// An answer that was accepted before is not taken for that of another request.
    private func openOnce(
        _ entity: MessageEntity,
        _ policy: ChannelPolicy,
        to request: MessageProtection.Outcome
    ) async -> ReceiverAnswer {
        let marks = policy.detectsReplays ? MarkCollector() : nil
        let answer = await open(entity, policy, to: request, marks)
        guard let entry = marks?.entry(on: flow.id) else { return answer }
        let cause: String
        do {
            switch try await replays.admit(entry) {
            case .recorded: return answer
            case .repeated: cause = "this answer was accepted before: it is a replay"
            case .full: cause = "the flow remembers as many signatures as it may: raise limits.replayCapacity"
            }
        } catch {
            cause = "it could not be recorded: \(error)"
        }
        let fault = SecurityFault(.failedCheck, cause)
        context.logRefusal(of: "answer", fault, flow: flow.id, partner: flow.receiver.partner)
        return .unacceptable(fault)
    }

    private func open(
        _ entity: MessageEntity,
        _ policy: ChannelPolicy,
        to request: MessageProtection.Outcome,
        _ marks: MarkCollector?
    ) async -> ReceiverAnswer {
        let opening = MessageOpening(
            context: context,
            flow: flow.id,
            partner: flow.receiver.partner,
            side: .receiver,
            policy: policy,
            marks: marks,
            confirming: request.signatureValues
        )
        do {
            let opened = try await opening.open(entity)
            // No name of XML is there without its letters.
            guard OctetSearch.isMentioned("Fault", in: opened.outline),
                let fault = try SOAPEnvelope(opened.outline).fault
            else { return .reply(opened) }
            return .fault(opened, fault)
        } catch let error as MIMEError {
            return .unacceptable(SecurityFault(.invalidSecurity, "\(error)"))
        } catch let error as LargeMessageError {
            return .unreachable(reason: "the receiver's answer was not read: \(error)", retryAfter: nil)
        } catch {
            let error = error as? SecurityFault ?? SecurityFault(.invalidSecurity, "\(type(of: error))")
            // A receiver that could not verify or decrypt has nothing to protect its fault with.
            if let fault = unprotectedFault(entity) { return .unprotectedFault(fault) }
            context.logRefusal(of: "answer", error, flow: flow.id, partner: flow.receiver.partner)
            return .unacceptable(error)
        }
    }

    private func readStatusAnswer(_ entity: MessageEntity, _ isSuccess: Bool) -> ReceiverAnswer {
        if let fault = unprotectedFault(entity) { return .unprotectedFault(fault) }
        return isSuccess ? .taken : .unreachable(reason: "the receiver answered with an error", retryAfter: nil)
    }

    /// The fault in an answer; one that lies in a file is too large to be one.
    private func unprotectedFault(_ entity: MessageEntity) -> SOAPFault? {
        guard !entity.envelope.isSpooled else { return nil }
        return (try? SOAPEnvelope(entity.envelope.octets()))?.fault
    }
}

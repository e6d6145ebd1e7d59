import Keystore
import Logging
import WSSecurity

/// Carries one message to the receiver of a flow and reads the answer.
struct ReceiverExchange {
    let context: RuntimeContext
    let flow: IntegrationFlow
    let replays: ReplayMemory

    /// Protects `envelope` with the keys of this moment, sends it, and processes what comes back.
    ///
    /// `assertion` is the SAML assertion of the request, for flows that forward it.
    func send(
        _ envelope: [UInt8],
        action: String?,
        assertion: [UInt8]? = nil,
        in pass: ExchangePass
    ) async -> ReceiverAnswer {
        let protection = MessageProtection(
            context: context,
            flow: flow.id,
            partner: flow.receiver.partner,
            side: .receiver,
            protection: flow.receiver.request,
            forwarding: assertion
        )
        let message: MessageProtection.Outcome
        do {
            message = try await protection.protect(envelope, in: pass)
        } catch {
            return .unprotectable(reason: "\(error)")
        }
        guard pass.maySend else { return .withdrawn }
        let answer = await post(message, action: action)
        protection.record(message, answer.keyUseOutcome)
        return answer
    }

    private func post(_ message: MessageProtection.Outcome, action: String?) async -> ReceiverAnswer {
        let client = ReceiverClient(
            client: context.httpClient,
            rules: context.configuration.receivers,
            tls: context.receiverTLS,
            octetLimit: context.configuration.messageOctetLimit
        )
        do throws(ReceiverClient.Unreachable) {
            return await read(try await timed(client, message.octets, action), to: message)
        } catch {
            return .unreachable(reason: error.reason, retryAfter: nil)
        }
    }

    /// What the receiver answers; the exchange's facts get the time until then.
    private func timed(
        _ client: ReceiverClient,
        _ message: [UInt8],
        _ action: String?
    ) async throws(ReceiverClient.Unreachable) -> ReceiverClient.Response {
        let start = ContinuousClock.now
        defer { context.facts?.add(ContinuousClock.now - start, to: .receiver) }
        return try await client.post(
            message,
            action: action,
            version: flow.sender.soapVersion,
            to: flow.receiver,
            trace: context.facts?.trace.child()
        )
    }

    private func read(
        _ response: ReceiverClient.Response,
        to request: MessageProtection.Outcome
    ) async -> ReceiverAnswer {
        let isSuccess = (200...299).contains(response.status)
        // 400 and 500 carry SOAP faults (SOAP 1.1 section 6.2, SOAP 1.2 part 2 section 7.5.2); other statuses are
        // HTTP's.
        guard isSuccess || response.status == 500 || response.status == 400 else {
            return .unreachable(
                reason: "the receiver answered with HTTP status \(response.status)",
                retryAfter: response.retryAfter
            )
        }
        let isSOAP = response.mediaType == flow.sender.soapVersion.mediaType && !response.body.isEmpty
        switch flow.receiver.response {
        case _ where isSuccess && !isSOAP && flow.pattern != .requestReply: return .taken
        case _ where !isSOAP:
            return .unreachable(
                reason: "the receiver answered with HTTP status \(response.status) and no SOAP message",
                retryAfter: response.retryAfter
            )
        case nil: return readStatusAnswer(response.body, isSuccess)
        case let policy?: return await openOnce(response.body, policy, to: request)
        }
    }

    /// An answer that was accepted before is not taken for that of another request.
    private func openOnce(
        _ body: [UInt8],
        _ policy: ChannelPolicy,
        to request: MessageProtection.Outcome
    ) async -> ReceiverAnswer {
        let marks = policy.detectsReplays ? MarkCollector() : nil
        let answer = open(body, policy, to: request, marks)
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
        _ body: [UInt8],
        _ policy: ChannelPolicy,
        to request: MessageProtection.Outcome,
        _ marks: MarkCollector?
    ) -> ReceiverAnswer {
        let opening = MessageOpening(
            context: context,
            flow: flow.id,
            partner: flow.receiver.partner,
            side: .receiver,
            policy: policy,
            marks: marks,
            confirming: request.signatureValues
        )
        do throws(SecurityFault) {
            let processed = try opening.open(body)
            guard let fault = try SOAPEnvelope(processed.envelope).fault else { return .reply(processed) }
            return .fault(processed, fault)
        } catch {
            // A receiver that could not verify or decrypt has nothing to protect its fault with.
            if let fault = unprotectedFault(body) { return .unprotectedFault(fault) }
            context.logRefusal(of: "answer", error, flow: flow.id, partner: flow.receiver.partner)
            return .unacceptable(error)
        }
    }

    private func readStatusAnswer(_ body: [UInt8], _ isSuccess: Bool) -> ReceiverAnswer {
        if let fault = unprotectedFault(body) { return .unprotectedFault(fault) }
        return isSuccess ? .taken : .unreachable(reason: "the receiver answered with an error", retryAfter: nil)
    }

    private func unprotectedFault(_ body: [UInt8]) -> SOAPFault? {
        do throws(SecurityFault) {
            return try SOAPEnvelope(body).fault
        } catch {
            return nil
        }
    }
}

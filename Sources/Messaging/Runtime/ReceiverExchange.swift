import Keystore
import Logging
import WSSecurity

/// Carries one message to the receiver of a flow and reads the answer.
struct ReceiverExchange {
    let context: RuntimeContext
    let flow: IntegrationFlow
    let replays: ReplayMemory
    /// What lets a message of a named trial be protected with a staged version.
    var permit: ProbePermit?

    /// Protects `request` with the keys of this moment, sends it, and processes what comes back.
    ///
    /// `assertion` is the SAML assertion of the request, for flows that forward it.
    func send(
        _ request: MessageEntity,
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
            forwarding: assertion,
            permit: permit
        )
        let message: MessageProtection.Outcome
        let payload: Payload
        do {
            message = try await protection.protect(request, in: pass)
            payload = try message.message.payload()
        } catch {
            return .unprotectable(reason: "\(error)")
        }
        guard pass.maySend else { return .withdrawn }
        let answer = await post(payload, of: message, action: action)
        protection.record(message, answer.keyUseOutcome)
        return answer
    }

    private func post(
        _ payload: Payload,
        of message: MessageProtection.Outcome,
        action: String?
    ) async -> ReceiverAnswer {
        var terms = context.configuration.payloads
        terms.octetLimit = min(flow.receiver.response?.octetLimit ?? terms.octetLimit, terms.octetLimit)
        let version = flow.sender.soapVersion
        let client = ReceiverClient(
            client: context.httpClient,
            rules: context.configuration.receivers,
            tls: context.receiverTLS,
            terms: terms
        )
        do throws(ReceiverClient.Unreachable) {
            return await read(
                try await timed(client, payload, message.message.contentType(version, action: action), action),
                to: message
            )
        } catch {
            return .unreachable(reason: error.reason, retryAfter: nil)
        }
    }

    /// What the receiver answers; the exchange's facts get the time until then.
    private func timed(
        _ client: ReceiverClient,
        _ message: Payload,
        _ contentType: String,
        _ action: String?
    ) async throws(ReceiverClient.Unreachable) -> ReceiverClient.Response {
        let capture = context.facts?.capture
        capture?.take(.requestSent, message, contentType: contentType, at: context.now)
        let start = ContinuousClock.now
        defer { context.facts?.add(ContinuousClock.now - start, to: .receiver) }
        let response = try await client.post(
            message,
            contentType: contentType,
            soapAction: flow.sender.soapVersion == .soap11 ? action ?? "" : nil,
            to: flow.receiver,
            trace: context.facts?.trace.child()
        )
        capture?
            .take(
                .answerReceived,
                response.body,
                contentType: response.contentType,
                status: response.status,
                at: context.now
            )
        return response
    }
}

import Logging
import WSSecurity

/// Answering messages.
extension TenantRuntime {
    /// Answers one message that came in over HTTP.
    ///
    /// It never throws: whatever is wrong becomes a status and a SOAP fault.
    ///
    /// - Parameters:
    ///   - path: The request's path, without query.
    ///   - headers: The request's header fields; names in any case.
    ///   - body: The whole body, as ``bodyReader(path:headers:)`` took it in.
    ///   - admission: What ``admit(_:to:)`` gave the caller; needed where the flow demands authorisation.
    /// - Returns: The answer; its exchange ends when the answer has left.
    package func handle(
        path: String,
        headers: [(name: String, value: String)],
        body: Payload,
        admission: Admission? = nil
    ) async -> InboundReply {
        let reply = await answer(path: path, headers: headers, body: body, admission: admission)
        guard ContentCoding.isGzipAccepted(headers.field("accept-encoding")) else { return reply }
        return await reply.compressed(context.configuration.payloads)
    }

    private func answer(
        path: String,
        headers: [(name: String, value: String)],
        body: Payload,
        admission: Admission?
    ) async -> InboundReply {
        let field = { (name: String) in headers.field(name) }
        let contentType = field("content-type") ?? ""
        let found: FlowTable.Entry?
        do {
            found = try await reading.entry(path: path)
        } catch {
            return notRead(error, contentType)
        }
        guard let entry = found else { return Self.nothingHere(contentType) }
        let now = context.now
        let facts = ExchangeFacts(
            flow: entry.flow.id,
            direction: .inbound,
            trace: .continuing(headers, at: now),
            startedAt: now,
            capture: context.captures.begin(entry.flow.id, at: now)
        )
        facts.capture?.take(.requestReceived, body, contentType: contentType, at: now)
        let context = context.observing(facts)
        // A self-test is no message of the flow: nothing that counts arrivals may take it for one.
        if path != entry.flow.sender.selfTestPath { context.count(.arrived, on: entry.flow.id) }
        let arrival = Arrival(
            path: path,
            body: body,
            contentType: contentType,
            soapAction: field("soapaction"),
            admission: admission
        )
        let reply = await admit(arrival, by: entry, in: context)
        context.meters.observe(facts)
        log.append(facts.record())
        facts.capture?
            .take(
                .answerSent,
                reply.payload,
                contentType: reply.contentType,
                status: reply.status,
                at: context.now
            )
        context.captures.append(facts, at: context.now)
        return reply
    }

    /// Lets the message in by the flow's door, when it is open, and answers it.
    private func admit(
        _ arrival: Arrival,
        by former: FlowTable.Entry,
        in context: RuntimeContext
    ) async -> InboundReply {
        var entry = former
        if entry.flow.pattern.isSynchronous, entry.gate.status == .held {
            await waitingRoom.wait(at: entry.gate, for: context.configuration.holdBound)
            // The flow may have been changed while it was held.
            entry = table.entry(path: arrival.path) ?? entry
        }
        let flow = entry.flow
        guard flow.sender.isOpen(to: arrival.admission) else {
            return turnAway(flow, "The endpoint was changed", in: context)
        }
        guard let era = entry.gate.enter(while: flow.pattern.doorsForSenders) else {
            return turnAway(flow, "The endpoint is not available now", in: context)
        }
        let pass = ExchangePass(gate: entry.gate, era: era, ledger: context.ledger)
        do {
            _ = try await pass.begin([OpenOperation(flow: flow.id, side: .sender, protection: nil)])
        } catch {
            context.logFailure("Exchange not recorded", error, flow: flow.id)
            return turnAway(flow, "The message could not be recorded", in: context)
        }
        let conversation = Conversation(context: context, flow: flow, pass: pass, queue: queue, replays: replays)
        guard arrival.path != flow.sender.selfTestPath else {
            return await conversation.selfTest(arrival.body, contentType: arrival.contentType, at: selfTests)
        }
        return await conversation.answer(
            arrival.body,
            contentType: arrival.contentType,
            soapAction: arrival.soapAction
        )
    }

    private func turnAway(_ flow: IntegrationFlow, _ reason: String, in context: RuntimeContext) -> InboundReply {
        context.count(.turnedAway, on: flow.id)
        return .comeAgain(reason, version: flow.sender.soapVersion, after: context.configuration.retryAfter)
    }

    /// Whether there is an endpoint could not be found out.
    func notRead(_ error: any Error, _ contentType: String) -> InboundReply {
        context.logger.error("Flow not read", metadata: ["error": "\(error)"])
        return .comeAgain(
            "The endpoint is not available now",
            version: Self.version(contentType),
            after: context.configuration.retryAfter
        )
    }

    private static func version(_ contentType: String) -> SOAPVersion {
        MediaType.essence(contentType) == SOAPVersion.soap12.mediaType ? .soap12 : .soap11
    }

    static func nothingHere(_ contentType: String) -> InboundReply {
        let fault = SOAPFault(
            version: version(contentType),
            code: .client,
            reason: "There is no endpoint at this path"
        )
        return .fault(fault, status: 404)
    }
}

/// What a request brings.
private struct Arrival {
    let path: String
    let body: Payload
    let contentType: String
    let soapAction: String?
    let admission: Admission?
}

extension FlowPattern {
    /// The statuses in which senders are let in: what is only stored may come in while deliveries are held.
    fileprivate var doorsForSenders: Set<FlowStatus> {
        isSynchronous ? [.deployed] : [.deployed, .held]
    }
}

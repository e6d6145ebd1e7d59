package import AsyncHTTPClient
package import Keystore
package import Logging
import NIOCore
import NIOSSL
package import Timekeeping
import WSSecurity

/// The running tenant: serves the deployed flows, delivers stored messages, and keeps the key-use ledger.
package final class TenantRuntime: Sendable {
    let context: RuntimeContext
    let table = FlowTable()
    let queue: DeliveryQueue
    let memory: MessageMemory
    let clockWatch: ClockWatch
    let log: ExchangeLog
    /// Lets senders in.
    let door = SenderDoor()
    let replays: ReplayMemory
    /// Requests that wait at the doors of held flows.
    private let waitingRoom: WaitingRoom
    /// Changes of flows, one after the other, so that memory and store never differ in their order.
    let changes: GroupCommit<FlowChange, Void>

    /// Takes up where the former process ended: its deliveries are due again, its operations are over, and each flow
    /// has the status that it had.
    ///
    /// `httpClient` must not follow redirects: make it with ``receiverClientConfiguration(_:)``. Throws what the store
    /// throws.
    package init(
        store: any MessagingStore,
        keyring: Keyring,
        clock: any WallClock,
        masterKey: MasterKey,
        httpClient: HTTPClient,
        logger: Logger,
        configuration: RuntimeConfiguration = RuntimeConfiguration()
    ) async throws {
        let holder = configuration.holder
        let now = clock.now
        let records = try await store.write { transaction in
            try transaction.takeBackMessages(heldBy: holder, at: now)
            try transaction.removeLeases(holder: holder)
            return try transaction.flowRecords()
        }
        context = RuntimeContext(
            store: store,
            keyring: keyring,
            clock: clock,
            masterKey: masterKey,
            httpClient: httpClient,
            logger: logger,
            configuration: configuration,
            ledger: KeyUseLedger(store: store, holder: holder),
            receiverTLS: ReceiverTLSConfigurations(
                keyring: keyring,
                identities: TLSIdentities(keyring: keyring, clock: clock)
            ),
            commits: SharedCommits(store: store),
            space: SpaceWatch(store: store, reservedOctetCount: configuration.reservedOctetCount, logger: logger)
        )
        queue = DeliveryQueue(context: context)
        memory = MessageMemory(context: context)
        clockWatch = ClockWatch(context: context)
        log = ExchangeLog(store: store, retention: configuration.logRetention)
        replays = ReplayMemory(context: context)
        waitingRoom = WaitingRoom(limit: configuration.holdLimit)
        changes = GroupCommit(limit: 1) { [context, table] changes in
            for change in changes { try await change.carryOut(in: context, table) }
            return changes.map { _ in }
        }
        context.space.look()
        for record in records { table.put(record.flow, status: record.status) }
    }

    /// The settings of a client for receivers: no redirects (they would lead a message to another host), no proxy, no
    /// decompression, and no waiting for a receiver that refuses the connection: the sender is asked to come again.
    ///
    /// A connection that leads where `rules` forbid is closed before anything is written to it.
    package static func receiverClientConfiguration(_ rules: ReceiverRules) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.raiseFloor()
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: .seconds(10)),
            decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.http1_1ConnectionDebugInitializer = { channel in
            do throws(ReceiverRefusal) {
                try rules.check(peer: channel.remoteAddress)
                return channel.eventLoop.makeSucceededVoidFuture()
            } catch {
                channel.close(promise: nil)
                return channel.eventLoop.makeFailedFuture(error)
            }
        }
        return configuration
    }

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
        guard let entry = table.entry(path: path) else { return Self.nothingHere(contentType) }
        let facts = ExchangeFacts(
            flow: entry.flow.id,
            direction: .inbound,
            trace: .continuing(headers),
            startedAt: context.now
        )
        let context = context.observing(facts)
        context.count(.arrived, on: entry.flow.id)
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

    static func nothingHere(_ contentType: String) -> InboundReply {
        let isSOAP12 = MediaType.essence(contentType) == SOAPVersion.soap12.mediaType
        let fault = SOAPFault(
            version: isSOAP12 ? .soap12 : .soap11,
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

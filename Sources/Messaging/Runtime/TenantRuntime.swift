package import AsyncHTTPClient
package import Keystore
package import Logging
package import Timekeeping

/// The running tenant: serves the deployed flows, delivers stored messages, and keeps the key-use ledger.
package final class TenantRuntime: Sendable {
    let context: RuntimeContext
    /// Counts the TLS handshakes that its keys sign, here and at the listeners.
    package let tlsUses: TLSUses
    let table = FlowTable()
    let reading: FlowReading
    let queue: DeliveryQueue
    let memory: MessageMemory
    let clockWatch: ClockWatch
    let log: ExchangeLog
    /// Lets senders in.
    let door = SenderDoor()
    let replays: ReplayMemory
    /// The self-tests on offer to senders.
    let selfTests = SelfTestDesk()
    /// Requests that wait at the doors of held flows.
    let waitingRoom: WaitingRoom
    /// Changes of flows, one after the other, so that memory and store never differ in their order.
    let changes: GroupCommit<FlowChange, Void>

    /// Takes up where the former process ended: its deliveries are due again, its operations are over, and each flow
    /// has the status that it had.
    ///
    /// With a `documentReader` in the configuration this takes the same time however many flows and keys there are; the rest is
    /// read beside the traffic by ``run()``, and what needs all of it awaits ``whenRead()``.
    ///
    /// `httpClient` must not follow redirects: make it with `HTTPClient.Configuration.forReceivers(_:)`. Throws what the store
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
        let captures = try await store.write { transaction in
            try transaction.takeBackMessages(heldBy: holder, at: now)
            try transaction.removeLeases(holder: holder)
            return try CaptureBook(in: transaction)
        }
        let tlsUses = TLSUses()
        self.tlsUses = tlsUses
        context = RuntimeContext(
            RuntimeParts(
                store: store,
                keyring: keyring,
                clock: clock,
                masterKey: masterKey,
                httpClient: httpClient,
                logger: logger,
                configuration: configuration,
                captures: captures,
                tlsUses: tlsUses
            )
        )
        queue = DeliveryQueue(context: context)
        memory = MessageMemory(context: context)
        clockWatch = ClockWatch(context: context)
        log = ExchangeLog(store: store, retention: configuration.logRetention)
        replays = ReplayMemory(context: context)
        waitingRoom = WaitingRoom(limit: configuration.holdLimit)
        reading = FlowReading(context: context, table: table)
        changes = GroupCommit(limit: 1) { [context, table, reading] changes in
            for change in changes { try await change.carryOut(in: context, table, reading) }
            return changes.map { _ in }
        }
        context.space.look()
        try await keyring.take(Set(configuration.listenerKeys.values))
        if let reader = configuration.documentReader {
            try await reading.readNew(to: reader)
        } else {
            try await reading.readAll()
        }
    }
}

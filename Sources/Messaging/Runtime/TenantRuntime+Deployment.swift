import FoundationEssentials
package import Keystore

extension TenantRuntime {
    /// Every flow with its status, by name.
    package func flows() -> [(flow: IntegrationFlow, status: FlowStatus)] {
        table.entries.map { ($0.flow, $0.gate.status) }
    }

    /// One flow with its status; `nil` when there is none of that name.
    package func flow(_ id: FlowID) -> (flow: IntegrationFlow, status: FlowStatus)? {
        table.entry(id).map { ($0.flow, $0.gate.status) }
    }

    /// Returns when every flow and key has been read, which what asks for them without a wait of its own needs; or when the
    /// task is cancelled.
    package func whenRead() async { await reading.wait() }

    /// What is wrong with flows that cannot be served, by name.
    package var flowFaults: [String] { reading.faults }

    /// Whether there is a flow of that name, read by now or not; throws what the store throws.
    package func knows(_ id: FlowID) async throws -> Bool {
        if table.entry(id) != nil { return true }
        return try await context.store.read { try $0.storedFlow(id) != nil }
    }

    /// The places of the flows' configuration that name `alias`, what where-used answers from; takes the same time however many flows there are.
    package func uses(of alias: KeyAlias) -> [ConfiguredKeyUse] {
        table.entries(naming: alias).flatMap(\.flow.uses).filter { $0.alias == alias }
    }

    /// The places of the flows' configuration that name an alias, for messages or for TLS, in flows with `partner`.
    package func aliases(with partner: PartnerID) -> Set<KeyAlias> {
        let flows = table.entries(with: partner).map(\.flow)
        return Set(
            flows.flatMap(\.uses).filter { $0.partner == partner }.map(\.alias)
                + flows.flatMap(\.transportUses).filter { $0.partner == partner }.map(\.alias)
        )
    }

    /// Serves the flow from now on, or serves it in the form given instead of its former one.
    ///
    /// Exchanges under way end in the form that they began in; nothing is turned away. Messages that were held are
    /// delivered. Throws a `DeploymentError`, and what the store throws; then nothing has changed.
    package func deploy(_ flow: IntegrationFlow) async throws {
        try await context.keyring.take(flow.aliases)
        try DeploymentCheck(context: context, flow: flow).run()
        do throws(ReceiverRefusal) {
            try await context.configuration.receivers.checkResolved(url: flow.receiver.url)
        } catch {
            throw DeploymentError.receiverRefused(error, in: flow.id)
        }
        try await serve(flow)
    }

    private func serve(_ flow: IntegrationFlow) async throws {
        try await changes.submit(.deploy(flow))
        queue.wake()
    }

    /// Deploys a flow that the tenant knows, again.
    ///
    /// Throws a `DeploymentError`.
    package func redeploy(_ id: FlowID) async throws {
        guard let entry = try await reading.entry(id) else { throw DeploymentError.unknownFlow(id) }
        try DeploymentCheck(context: context, flow: entry.flow).run()
        try await serve(entry.flow)
    }

    /// Gives a key another name; returns the flows that name it, whose exchanges went on meanwhile.
    ///
    /// Throws a `KeyRenameError` where it is used and may not be changed, and what `inKeystore` and the store throw; then
    /// nothing has changed.
    package func rename(_ rename: KeyRename) async throws -> [FlowID] {
        let listeners = context.configuration.listenerKeys.filter { $0.value == rename.alias }.keys
        if let listener = listeners.min() { throw KeyRenameError.namedByListener(rename.alias, listener) }
        try await changes.submit(.rename(rename))
        return table.entries(naming: rename.name).map(\.flow.id)
    }

    /// Stops serving a flow: new messages are asked to come again, stored ones are kept, and exchanges under way are
    /// waited for.
    ///
    /// When this returns, no message of the flow leaves any more: an exchange that has not ended within `drainBound` is
    /// cut off, and its sender asked to come again. `nil` takes the configuration's bound.
    package func undeploy(_ id: FlowID, drainBound: Duration? = nil) async throws -> DrainReport {
        try await stop(id, .undeployed, drainBound)
    }

    /// As ``undeploy(_:drainBound:)``, but one-way messages are still accepted and stored, and requests with a reply wait
    /// for the configuration's `holdBound` before they are asked to come again.
    package func hold(_ id: FlowID, drainBound: Duration? = nil) async throws -> DrainReport {
        try await stop(id, .held, drainBound)
    }

    /// What a hold of the flow for `window` would store, and whether there is room for it.
    ///
    /// Throws `DeploymentError.unknownFlow`, and what the store throws.
    package func forecast(of id: FlowID, for window: Duration) async throws -> HoldForecast {
        guard let entry = table.entry(id) else { throw DeploymentError.unknownFlow(id) }
        let now = context.now
        let stores = !entry.flow.pattern.isSynchronous
        let intake =
            stores
            ? try await context.store.read { try $0.intake(of: id, since: now.addingTimeInterval(-7 * 86_400)) } : []
        return HoldForecast(
            flow: id,
            window: window,
            intake: intake,
            now: now,
            space: try context.store.space(),
            reservedOctetCount: context.configuration.reservedOctetCount
        )
    }

    private func stop(_ id: FlowID, _ status: FlowStatus, _ bound: Duration?) async throws -> DrainReport {
        try await changes.submit(.stop(id, status))
        guard let entry = table.entry(id) else { throw DeploymentError.unknownFlow(id) }
        let inFlight = entry.gate.inFlight
        let cutOff = await entry.gate.drain(within: bound ?? context.configuration.drainBound)
        try await flushLedger()
        let counts = try await context.store.read { try $0.messageCounts()[id] ?? [:] }
        let held = counts.filter { !$0.key.isEnded }.values.reduce(0, +)
        return DrainReport(flow: id, inFlightAtStart: inFlight, cutOff: cutOff, held: held)
    }
}

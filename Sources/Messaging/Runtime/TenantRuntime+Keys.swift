package import Keystore

extension TenantRuntime {
    private static let batchLength = 32

    /// What the places of deployed flows and of listeners depend on: while it stays, so does what ``keyFaults()`` finds.
    package var keyPlaces: [Int] { [table.revision, context.keyring.snapshot.generation] }

    /// The keys of deployed flows and of listeners that cannot be used as they are stored.
    ///
    /// Opens each once, beside the traffic; takes about 1 ms a private key that was not opened before.
    @concurrent package func keyFaults() async -> [KeyFault] {
        let snapshot = context.keyring.snapshot
        var aliases = Set(context.configuration.listenerKeys.values)
        for entry in table.entries where entry.gate.status != .undeployed { aliases.formUnion(entry.flow.aliases) }
        let sorted = aliases.sorted()
        var faults: [KeyFault] = []
        for start in stride(from: 0, to: sorted.count, by: Self.batchLength) {
            if Task.isCancelled { return faults }
            faults += snapshot.faults(of: sorted[start..<min(start + Self.batchLength, sorted.count)])
            await Task.yield()
        }
        return faults
    }

    /// Reads the flows and keys that the start left; ``run()`` does so beside the traffic.
    package func readRest() async { await reading.readRest() }

    /// Reads what the start left, then makes the keyring's look-ups by issuer and key identifier, so that no message waits for
    /// them.
    @concurrent func prepare() async {
        await readRest()
        if context.keyring.isWhole { context.keyring.snapshot.makeIndex() }
    }
}

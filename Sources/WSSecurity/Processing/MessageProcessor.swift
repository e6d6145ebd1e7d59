public import FoundationEssentials

/// Verifies and decrypts messages by one policy with one set of trusted keys.
public struct MessageProcessor: Sendable {
    let policy: InboundPolicy
    private let keys: any TrustedKeys
    private let replayCache: (any ReplayCache)?

    /// A processor; with `replayCache`, what was accepted once is refused when it comes again.
    public init(policy: InboundPolicy, keys: some TrustedKeys, replayCache: (any ReplayCache)? = nil) {
        self.policy = policy
        self.keys = keys
        self.replayCache = replayCache
    }

    /// Processes the Security header that is for us, its children in order, and checks the policy.
    ///
    /// Throws a `SecurityFault` with the true cause; only its `outward` form is for the peer.
    public func process(_ message: [UInt8], receivedAt now: Date) throws(SecurityFault) -> ProcessedMessage {
        let snapshot = try MessageSnapshot(scanning: message, policy: policy)
        var processing = processing(of: snapshot, at: now)
        return try processing.run()
    }

    func processing(of snapshot: MessageSnapshot, at now: Date) -> Processing {
        Processing(snapshot: snapshot, policy: policy, keys: keys, replayCache: replayCache, now: now)
    }
}

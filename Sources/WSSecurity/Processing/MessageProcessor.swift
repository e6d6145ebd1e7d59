public import FoundationEssentials

/// Verifies and decrypts messages by one policy with one set of trusted keys.
public struct MessageProcessor: Sendable {
    private let policy: InboundPolicy
    private let keys: any TrustedKeys

    /// A processor.
    public init(policy: InboundPolicy, keys: some TrustedKeys) {
        self.policy = policy
        self.keys = keys
    }

    /// Processes the Security header that is for us, its children in order, and checks the policy.
    ///
    /// Throws a `SecurityFault` with the true cause; only its `outward` form is for the peer.
    public func process(_ message: [UInt8], receivedAt now: Date) throws(SecurityFault) -> ProcessedMessage {
        let snapshot = try MessageSnapshot(scanning: message, policy: policy)
        var processing = Processing(snapshot: snapshot, policy: policy, keys: keys, now: now)
        return try processing.run()
    }
}

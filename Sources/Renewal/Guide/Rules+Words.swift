import FoundationEssentials

extension EntryRule {
    /// What it wants besides the earlier steps; `nil` when nothing.
    func words(_ settings: RenewalSettings, isSingle: Bool) -> String? {
        switch self {
        case .none: nil
        case .downtimeBegun: "the agreed downtime has begun"
        case .readyToExchange:
            "every node acknowledged the new version and its certificate is valid"
                + (isSingle ? "; nothing is under way on the flows" : "")
        case .exchangeProven: "traffic proved the exchange"
        case .oldKeyOutOfUse:
            "exchange + P + X + M + S + Z is over (\(settings.removalWait.inWords)), traffic proved the new key, "
                + "nothing is under way with the old one"
        case .oldKeyUnseen:
            "the old key is unseen for max(G, X) + M + S + Z (\(settings.acceptanceWait.inWords)) after its last message, "
                + "none is in the system"
        case .retentionOver: "\(settings.retention.inWords) after the exchange, nothing refers to the old key"
        }
    }
}

extension ProofRule {
    /// What it looks at.
    func words(_ settings: RenewalSettings) -> String {
        switch self {
        case .performed: "the keystore has done it"
        case .asserted: "its role says so"
        case .acknowledged: "the addressee acknowledges it"
        case .agreedByBoth: "both parties agree to one window"
        case .onEveryNode: "every node acknowledged the keyset with both versions"
        case .flowStopped: "the runtime says: undeployed, nothing under way"
        case .flowServing: "the runtime says: deployed"
        case .silence: "nothing arrives for \(settings.silence.inWords)"
        case .drained: "nothing is under way or stored with the old key, nothing arrived since the stop"
        case .newKeyInTraffic: "\(settings.minimumMessages) messages with the new key are taken, none fails"
        case .partnerUsesNewKey:
            "\(settings.minimumMessages) messages with the new key arrive, none with the old for "
                + settings.drainInterval.inWords
        case .trafficResumed: "messages arrive again"
        case .retentionOver: "the retention is over"
        }
    }
}

/// What is known of whether a partner's system handles the old and the new key at the same time.
package enum CapabilityStanding: String, Hashable, Codable, Sendable, CaseIterable {
    /// It was seen to: a probe was taken, or traffic with both keys.
    case dualProven
    /// Somebody said so.
    case dualClaimed
    /// One key at a time: an agreed downtime is needed.
    case single
    /// Nobody said anything.
    case unknown

    /// The standing for texts that people read.
    package var words: String {
        switch self {
        case .dualProven: "dual, proven"
        case .dualClaimed: "dual, claimed"
        case .single: "single"
        case .unknown: "unknown"
        }
    }
}

/// What a partner's system does with a key that the tenant protects with.
package enum PartnerPart: String, Hashable, Codable, Sendable, CaseIterable {
    /// It verifies what the tenant signs.
    case verify
    /// It decrypts what the tenant encrypts.
    case decrypt

    /// The partner's part when the tenant does `purpose`; `nil` where the tenant itself accepts both keys.
    package init?(_ purpose: KeyUsage.Purpose) {
        switch purpose {
        case .sign: self = .verify
        case .encrypt: self = .decrypt
        case .verify, .decrypt: return nil
        }
    }
}

package import Keystore

/// One trial of the new key with one partner before the exchange: what permits the runtime to protect with a staged version.
package struct Probe: Hashable, Codable, Sendable {
    /// How the key is tried.
    package enum Way: String, Hashable, Codable, Sendable {
        /// The flow's probe message goes to the receiver.
        case message
        /// The sender's own stack asks the tenant for a nonce under the new key, and returns it.
        case selfTest
    }

    /// Unique in the store: the renewal and a running number.
    package let name: String
    /// How the key is tried.
    package let way: Way
    /// The version on trial.
    package let version: KeyVersionID
    /// With whom.
    package let partner: PartnerID
    /// On which flow.
    package let flow: String

    package init(name: String, way: Way, version: KeyVersionID, partner: PartnerID, flow: String) {
        self.name = name
        self.way = way
        self.version = version
        self.partner = partner
        self.flow = flow
    }

    /// What the keyset is shown.
    package var permit: ProbePermit { ProbePermit(name: name, version: version) }
}

/// What a probe showed.
package struct ProbeFinding: Hashable, Codable, Sendable {
    /// The three ends of a probe.
    package enum Outcome: String, Hashable, Codable, Sendable {
        /// The partner's system handled the new key.
        case accepted
        /// The partner's system answered with a security fault.
        case refused
        /// Nothing was learnt about the key.
        case inconclusive
    }

    /// How it ended.
    package let outcome: Outcome
    /// What the partner's system did, in words.
    package let status: String

    package init(outcome: Outcome, status: String) {
        self.outcome = outcome
        self.status = status
    }
}

/// How a key can be tried on a flow, by the flow's own settings.
package struct ProofWays: Hashable, Sendable {
    /// Whether a probe message is agreed with the receiver.
    package var hasProbe = false
    /// Whether a growing share of requests tries a new key out by itself.
    package var hasCanary = false
    /// The path of the self-test endpoint for the sender; `nil` when it is closed.
    package var selfTestPath: String?

    package init(hasProbe: Bool = false, hasCanary: Bool = false, selfTestPath: String? = nil) {
        self.hasProbe = hasProbe
        self.hasCanary = hasCanary
        self.selfTestPath = selfTestPath
    }
}

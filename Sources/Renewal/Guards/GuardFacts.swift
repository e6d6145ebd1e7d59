package import FoundationEssentials

/// What a guard decides on: facts read in the transaction that records the decision.
package struct GuardFacts: Hashable, Sendable {
    /// The moment of the decision.
    package var now: Date
    /// The renewal, for what people are told to type.
    package var renewal = RenewalID(rawValue: "RENEWAL")
    /// The generation from which on the new version is accepted; `nil` until it is in the keystore.
    package var stagedGeneration: Int?
    /// The least generation that every serving node acknowledged.
    package var acknowledgedGeneration = 0
    /// The validity of the new certificate; `nil` until it is in the keystore.
    package var newValidity: ClosedRange<Date>?
    /// Flows that have to stand still during the exchange because a step undeploys them.
    package var undeployed: [FlowFacts] = []
    /// Flows that have to be silent during the exchange because their sender stops.
    package var silenced: [FlowFacts] = []
    /// The flows that the step touches.
    package var flows: [FlowFacts] = []
    /// What the ledger counted, for each track of the step.
    package var tracks: [TrackFacts] = []
    /// Operations under way with the old version, and stored messages protected with it.
    package var oldInTransit = 0
    /// When the step was claimed.
    package var claimedAt: Date?
    /// When the alias changed.
    package var exchangedAt: Date?
    /// Whether traffic (or an override) proved the exchange.
    package var isExchangeProven = false
    /// When the partners were last said to have changed to the new key.
    package var partnersChangedAt: Date?
    /// When the tenant stopped accepting the old version.
    package var stoppedAcceptingAt: Date?
    /// The agreed downtime.
    package var downtime: DowntimeWindow?
    /// Whether the notification of the step was acknowledged.
    package var isAcknowledged = false
    /// Who agreed to the downtime, and who has to.
    package var agreement: Agreement?

    package init(now: Date) {
        self.now = now
    }

    /// The parties to a downtime.
    package struct Agreement: Hashable, Sendable {
        /// Those who agreed.
        package var agreed: [Party]
        /// Those who have to.
        package var needed: [Party]
    }

    /// Leaves out so many failures with the new key, which were before the step was taken back.
    mutating func forgiveFailures(_ count: Int) {
        var rest = count
        for index in tracks.indices {
            let forgiven = min(rest, tracks[index].new.failed)
            tracks[index].new.failed -= forgiven
            rest -= forgiven
        }
    }

    /// What is known about one flow.
    package struct FlowFacts: Hashable, Sendable {
        /// The flow.
        package var flow: String
        /// Whether it serves messages, by the store or by any node's own state.
        package var isDeployed: Bool
        /// Whether it serves messages, by the store and by every node's own state.
        package var isServing: Bool
        /// Operations under way on it.
        package var openOperations: Int
        /// Accepted messages that wait for delivery.
        package var undelivered: Int
        /// When a message last arrived.
        package var lastArrival: Date?
        /// When its sender said that it stopped.
        package var stoppedAt: Date?

        package init(
            flow: String,
            isDeployed: Bool,
            isServing: Bool,
            openOperations: Int,
            undelivered: Int,
            lastArrival: Date?,
            stoppedAt: Date?
        ) {
            self.flow = flow
            self.isDeployed = isDeployed
            self.isServing = isServing
            self.openOperations = openOperations
            self.undelivered = undelivered
            self.lastArrival = lastArrival
            self.stoppedAt = stoppedAt
        }
    }

    /// What is known of a canary.
    package struct CanaryFacts: Hashable, Sendable {
        /// Its share.
        package var canary: Canary
        /// The messages that the partner took since it has that share.
        package var taken: Int
    }

    /// What is known of one trial of the new version.
    package struct TrialFacts: Hashable, Sendable {
        /// The flow.
        package var flow: String
        /// How the key is tried there.
        package var way: Probe.Way
        /// The path of a self-test; `nil` where there is none.
        package var path: String?
        /// The last one that ended; `nil` before.
        package var last: ProbeRecord?
    }

    /// What the ledger counted about one track.
    package struct TrackFacts: Hashable, Sendable {
        /// The track.
        package var track: RenewalTrack
        /// Uses of the old version.
        package var old: KeyUseTally
        /// Uses of the new version; once the alias changed, only those since.
        package var new: KeyUseTally
        /// The trials of the new version that the flows' settings ask for.
        package var trials: [TrialFacts] = []
        /// The share of messages that tries the new version out; `nil` when none ever did.
        package var canary: CanaryFacts?
    }
}

/// What kind of act a step is.
package enum StepKind: String, Hashable, Codable, Sendable, CaseIterable {
    case createKeyPair
    /// The new version lies in the tenant keystore beside the old one, on every node.
    case addToKeystore
    case provideCertificate
    case configurePartner
    case inform
    case agreeDowntime
    case undeployFlow
    case stopSending
    case drain
    case exchange
    /// Messages for one partner carry two signatures, or are encrypted for two recipients, from now on.
    case protectTwice
    case deployFlow
    case startSending
    case confirmPartner
    case removeOld
    case retain
    case destroy

    /// The kind as a part of a step's name: `configure-partner`.
    package var slug: String {
        rawValue.reduce(into: "") { slug, letter in
            slug += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
        }
    }

    /// Who moves the step on: a person of its role, or the system by itself.
    package var isPerformedBySystem: Bool {
        switch self {
        case .addToKeystore, .inform, .drain, .retain: true
        default: false
        }
    }
}

/// What a claim has to bring.
package enum StepNeed: String, Hashable, Codable, Sendable {
    /// The new certificate in PEM.
    case certificate
    /// The agreement of a second party, with the window of the downtime.
    case agreement
    /// The approval of a second person of the same role.
    case secondPerson
}

/// What a step has for the one who acts.
package enum StepOffer: String, Hashable, Codable, Sendable {
    /// The certificate of the new version in PEM, with its fingerprint.
    case certificate
}

/// What has to hold, besides the earlier steps, before a step may be done.
package enum EntryRule: String, Hashable, Codable, Sendable {
    /// Nothing more.
    case none
    /// The agreed downtime has begun.
    case downtimeBegun
    /// Every node acknowledged the new version, its certificate is valid; in a single variant the traffic stands still.
    case readyToExchange
    /// Traffic proved the exchange, or two persons accepted it without.
    case exchangeProven
    /// `exchange + P + X + M + S + Z` is over, traffic has proved the new key, nothing is under way with the old one.
    case oldKeyOutOfUse
    /// `lastSeenOld + max(G, X) + M + S + Z` is over, and the partner was seen to use the new key.
    case oldKeyUnseen
    /// The retention is over, nothing refers to the old version.
    case retentionOver
}

/// What verifies a step once it was claimed, or by itself.
package enum ProofRule: String, Hashable, Codable, Sendable {
    /// The tenant keystore did it in the same transaction.
    case performed
    /// The role said so.
    case asserted
    /// The addressee acknowledged the notification.
    case acknowledged
    /// Both parties agreed.
    case agreedByBoth
    /// Every serving node acknowledged the keyset that holds the new version.
    case onEveryNode
    /// The runtime's own state: the flow is undeployed and nothing is under way on it.
    case flowStopped
    /// The runtime's own state: the flow serves messages.
    case flowServing
    /// No message arrived on the flows since the claim.
    case silence
    /// Nothing is under way or stored with the old version, and nothing arrived since the stop.
    case drained
    /// The ledger shows enough messages protected with the new version and taken by the partner.
    case newKeyInTraffic
    /// The ledger shows enough messages that the partner protected with the new key, and none with the old one since.
    case partnerUsesNewKey
    /// Messages arrive again.
    case trafficResumed
    /// The retention clock.
    case retentionOver

    /// The least grade that such a proof reaches.
    package var minimumGrade: ProofGrade {
        switch self {
        case .asserted, .agreedByBoth: .asserted
        default: .observed
        }
    }
}

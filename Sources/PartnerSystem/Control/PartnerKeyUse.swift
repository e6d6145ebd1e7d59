/// What a partner system does with a key: two uses of its own key pairs, two of its counterpart's certificates.
package enum PartnerKeyUse: String, Codable, CaseIterable, Sendable {
    /// An own key pair that signs what leaves.
    case sign
    /// An own key pair that opens what arrives.
    case decrypt
    /// A counterpart's certificate that verifies what arrives.
    case verify
    /// A counterpart's certificate that what leaves is encrypted to.
    case encrypt

    /// Whether the system owns the private key of this use.
    package var isOwn: Bool { self == .sign || self == .decrypt }

    /// Whether a system in `dual` mode may hold several keys of this use in use at once.
    package var isForProcessing: Bool { self == .decrypt || self == .verify }
}

/// How many keys of one processing use a partner system can hold at the same time.
package enum PartnerKeyMode: String, Codable, Sendable {
    /// Old and new at once.
    case dual
    /// One at a time: a new one takes the place of the old.
    case single
}

/// Which end of the exchange a partner system plays.
package enum PartnerRole: String, Codable, Sendable {
    case sender
    case receiver
}

/// Whether an exchange expects an answer.
package enum PartnerPattern: String, Codable, Sendable {
    /// The answer is a signed and encrypted confirmation.
    case requestReply
    /// The answer is HTTP status 202.
    case oneWay
}

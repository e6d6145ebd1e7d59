/// How an attempt to deliver ended.
package enum InformOutcome: Hashable, Sendable {
    /// The other side took it.
    case delivered(String)
    /// It did not arrive, and may arrive later.
    case postponed(String)
    /// It may have arrived: the other side's word for it is missing.
    case unknown(String)
    /// The other side refuses it for good.
    case refused(String)

    /// What the other side said, or what went wrong; never a secret.
    package var explanation: String {
        switch self {
        case .delivered(let text), .postponed(let text), .unknown(let text), .refused(let text): text
        }
    }

    /// Whether trying again is of no use.
    package var isFinal: Bool {
        switch self {
        case .delivered, .refused: true
        case .postponed, .unknown: false
        }
    }

    /// Whether the addressee may have it although nobody said so.
    package var mayHaveArrived: Bool {
        if case .unknown = self { true } else { false }
    }
}

/// Why a policy could not be turned into settings.
public enum SecurityPolicyError: Error, Hashable, Sendable {
    /// The document is no XML, no policy or no WSDL, or breaks their rules.
    case malformed(String)
    /// An assertion that this engine does not understand or cannot fulfil, by its name; `reason` says which of both.
    case unsupportedAssertion(name: String, reason: String)
    /// The policy demands an algorithm that is refused unless it is allowed explicitly.
    case legacyAlgorithm(LegacyAlgorithm, suite: String)
    /// Assertions that cannot hold together, or one that lacks another.
    case contradictory(String)
    /// The WSDL has no such port, binding or operation, or several and none is named.
    case ambiguousSubject(String)
    /// A limit of this reader is passed.
    case limitExceeded(String)
}

extension SecurityPolicyError: CustomStringConvertible {
    /// The cause and what would mend it.
    public var description: String {
        switch self {
        case .malformed(let cause): "the policy cannot be read: \(cause)"
        case .unsupportedAssertion(let name, let reason): "the assertion \(name) is not supported: \(reason)"
        case .legacyAlgorithm(let algorithm, let suite):
            "the algorithm suite \(suite) demands \(algorithm.rawValue): choose another suite with the partner, or allow"
                + " \(algorithm.rawValue) explicitly"
        case .contradictory(let cause): "the policy contradicts itself: \(cause)"
        case .ambiguousSubject(let cause): cause
        case .limitExceeded(let limit): "the policy passes a limit: \(limit)"
        }
    }
}

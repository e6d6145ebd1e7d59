/// Why something was not done, and what to do instead.
package struct RenewalRefusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// The kind of refusal; what an HTTP status is made of.
    package enum Code: String, Hashable, Codable, Sendable, CaseIterable {
        /// There is no such renewal, step or notification.
        case unknown
        /// Another role's step.
        case wrongRole
        /// Another organisation's step.
        case wrongOrganisation
        /// Two persons are needed, and this is the first again.
        case samePerson
        /// Earlier steps are not done.
        case notOpen
        /// The earlier steps are done, and the proof is missing.
        case guardNotSatisfied
        /// A clock has not run down.
        case tooEarly
        /// The step is done already, or the system does it by itself.
        case notClaimable
        /// What the step needs was not brought, or cannot be used.
        case badInput
        /// The renewal's state does not allow it.
        case wrongState
        /// Another renewal of the alias is under way.
        case renewalInProgress
        /// Nothing is known about what the partner's system can do.
        case unknownCapability
        /// The alias cannot be renewed as it is used.
        case notPlannable
        /// The keystore refused.
        case keystore
    }

    /// The kind of refusal.
    package let code: Code
    /// Why, with names and numbers.
    package let reason: String
    /// What would mend it.
    package let remedy: String

    package init(_ code: Code, reason: String, remedy: String) {
        self.code = code
        self.reason = reason
        self.remedy = remedy
    }

    /// Reason and remedy in one line.
    package var description: String { "\(reason) \(remedy)" }
}

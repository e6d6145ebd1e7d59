package import Foundation

/// A step of a renewal: who must do what, how far it is and what it waits for.
package struct StepResource: Codable, Sendable, Hashable {
    /// Stable within the renewal, such as `3-configure-partner`.
    package var id: String
    /// `createKeyPair`, `addToKeystore`, `provideCertificate`, `configurePartner`, `inform`, `agreeDowntime`,
    /// `undeployFlow`, `stopSending`, `drain`, `exchange`, `deployFlow`, `startSending`, `confirmPartner`, `removeOld`, `retain` or `destroy`.
    package var kind: String
    /// Whose step it is.
    package var role: String
    /// The organisation of that role.
    package var organisation: String
    /// The procedure's sentence.
    package var title: String
    /// `waiting`, `open`, `claimed`, `verified`, `failed`, `overridden` or `skipped`.
    package var state: String
    /// The other organisation, where there is one.
    package var to: String?
    /// The role there.
    package var toRole: String?
    /// The notification that it wrote, which its addressee acknowledges; nil when none.
    package var notification: String?
    /// The cases whose procedures it belongs to.
    package var useCases: [String]?
    /// The partners whose tracks it belongs to; to a partner's administrator the own one alone.
    package var partners: [String]?
    /// The flows that it touches; to a partner's administrator those with the own organisation.
    package var flows: [String]?
    /// The steps that come before.
    package var opensAfter: [String]
    /// What a claim must bring, such as `certificate`; empty when nothing.
    package var needs: [String]
    /// Whether the system does it by itself, so that nobody claims it; nil means no.
    package var isPerformedBySystem: Bool?
    /// The certificate (PEM) that the step hands to its role; nil when none, or not yet.
    package var certificate: String?
    /// What the step's proof demands.
    package var proof: Proof
    /// Who claimed it.
    package var claimedBy: String?
    /// When it was claimed.
    package var claimedAt: Date?
    /// When its proof was accepted.
    package var verifiedAt: Date?
    /// When it is (or was) overdue; nil when it has no deadline.
    package var deadline: Date?
    /// Whether the deadline passed before it was done; nil means no.
    package var isOverdue: Bool?
    /// Why it failed, was skipped or is to be overridden.
    package var reason: String?

    /// A step that nobody has claimed yet.
    package init(
        id: String,
        kind: String,
        role: String,
        organisation: String,
        title: String,
        state: String,
        opensAfter: [String],
        needs: [String],
        proof: Proof
    ) {
        self.id = id
        self.kind = kind
        self.role = role
        self.organisation = organisation
        self.title = title
        self.state = state
        self.opensAfter = opensAfter
        self.needs = needs
        self.proof = proof
    }

    /// What a step's guard demands and what it has.
    package struct Proof: Codable, Sendable, Hashable {
        /// The least grade it takes: `asserted`, `attested`, `probed` or `observed`.
        package var minimumGrade: String
        /// The grade reached; nil before there is any.
        package var reachedGrade: String?
        /// What the guard looks at, and what it waits for.
        package var explanation: String
        /// The moment before which it cannot hold; nil when it waits for no clock.
        package var notBefore: Date?

        /// The demand of a guard.
        package init(minimumGrade: String, reachedGrade: String?, explanation: String, notBefore: Date?) {
            self.minimumGrade = minimumGrade
            self.reachedGrade = reachedGrade
            self.explanation = explanation
            self.notBefore = notBefore
        }
    }
}

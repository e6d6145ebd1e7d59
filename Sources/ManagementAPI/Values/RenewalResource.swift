package import Foundation

/// A renewal as planned or as far as it has come (`GET /renewals/{id}`, `POST /renewals/plan`).
package struct RenewalResource: Codable, Sendable, Hashable {
    /// The renewal's name; empty in a plan that is not stored.
    package var id: String
    /// The key that is renewed.
    package var alias: String
    /// `planned`, `running`, `blocked`, `draining`, `retaining`, `completed`, `rolledBack` or `aborted`.
    package var state: String
    /// The version that is replaced.
    package var oldVersion: Int?
    /// The version that takes its place; nil until it exists.
    package var newVersion: Int?
    /// When it was planned; nil in a plan that is not stored.
    package var createdAt: Date?
    /// The last moment at which to start, by the old certificate's end; nil when it never ends.
    package var latestStart: Date?
    /// When work began; nil before.
    package var startedAt: Date?
    /// When the alias changed to the new version; nil before.
    package var exchangedAt: Date?
    /// The weakest grade among the proofs accepted so far; nil before the first.
    package var weakestProof: String?
    /// Whether a rehearsal switched the guards off; nil means no.
    package var isUnguarded: Bool?
    /// What was decided about the plan; nil when nothing was.
    package var choices: PlanChoicesResource?
    /// Who approved the plan; nil before.
    package var approvedBy: String?
    /// When the plan was approved; nil before.
    package var approvedAt: Date?
    /// What has to be known before the approval; nil once the renewal has started, and to partners.
    package var review: PlanReviewResource?
    /// One for each use case and partner that where-used found.
    package var tracks: [Track]
    /// In the order of the procedure; to a partner's administrator those of the own organisation alone.
    package var steps: [StepResource]

    /// A renewal with its tracks and steps.
    package init(
        id: String,
        alias: String,
        state: String,
        oldVersion: Int?,
        newVersion: Int?,
        createdAt: Date?,
        tracks: [Track],
        steps: [StepResource]
    ) {
        self.id = id
        self.alias = alias
        self.state = state
        self.oldVersion = oldVersion
        self.newVersion = newVersion
        self.createdAt = createdAt
        self.tracks = tracks
        self.steps = steps
    }

    /// A use case with one partner.
    package struct Track: Codable, Sendable, Hashable {
        /// The case's name in the renewal procedures, such as `TenantSignsInboundResponse`.
        package var useCase: String
        /// `dual`, `single` or `only`.
        package var variant: String
        /// The partner.
        package var partner: String
        /// The flows that use the key so.
        package var flows: [String]
        /// What was known of the partner's system: `dualProven`, `dualClaimed`, `single` or `unknown`.
        package var standing: String?
        /// When the partner moved to the new version by itself; nil before, and where all move together.
        package var movedAt: Date?

        /// A use case with one partner.
        package init(useCase: String, variant: String, partner: String, flows: [String]) {
            self.useCase = useCase
            self.variant = variant
            self.partner = partner
            self.flows = flows
        }
    }
}

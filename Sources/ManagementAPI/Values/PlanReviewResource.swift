/// What has to be known of a plan before it is approved.
package struct PlanReviewResource: Codable, Sendable, Hashable {
    /// Something that is in the way, or that the plan has to be judged by.
    package struct Concern: Codable, Sendable, Hashable {
        /// `otherRenewal`, `unknownCapability`, `claimedCapability`, `late`, `expired` or `noLongerConfigured`.
        package var kind: String
        /// What is found.
        package var text: String
        /// What to do about it.
        package var remedy: String
        /// Whether the renewal cannot start before it is settled.
        package var isBlocking: Bool

        /// A concern.
        package init(kind: String, text: String, remedy: String, isBlocking: Bool) {
            self.kind = kind
            self.text = text
            self.remedy = remedy
            self.isBlocking = isBlocking
        }
    }

    /// A downtime that the plan needs.
    package struct Downtime: Codable, Sendable, Hashable {
        /// With whom it is agreed.
        package var partner: String
        /// `undeploy`, `hold`, or `stopSending` by the sender.
        package var means: String
        /// The flow that stands still.
        package var flow: String
        /// How many seconds it lasts when no other window is agreed.
        package var seconds: Int
        /// The messages expected meanwhile, at the rate of the busiest hour of the last week; nil without such a figure.
        package var expectedMessages: Int?
        /// The octets that a hold would store meanwhile; nil without such a figure.
        package var expectedOctets: Int?

        /// A downtime of a flow.
        package init(partner: String, means: String, flow: String, seconds: Int) {
            self.partner = partner
            self.means = means
            self.flow = flow
            self.seconds = seconds
        }
    }

    /// What is in the way or has to be judged, the blocking first.
    package var concerns: [Concern]
    /// The downtimes by flow.
    package var downtimes: [Downtime]
    /// How many steps the procedures have together, before those that are one act were merged.
    package var unmergedStepCount: Int
    /// How many seconds the renewal takes until the old key is only kept, when everybody takes the whole time allowed.
    package var longestCourse: Int

    /// A review.
    package init(concerns: [Concern], downtimes: [Downtime], unmergedStepCount: Int, longestCourse: Int) {
        self.concerns = concerns
        self.downtimes = downtimes
        self.unmergedStepCount = unmergedStepCount
        self.longestCourse = longestCourse
    }
}

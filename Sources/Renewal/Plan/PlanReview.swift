package import Keystore

/// What a person has to know of a plan before approving it, besides tracks and steps.
package struct PlanReview: Hashable, Sendable {
    /// Something that is in the way of the plan, or that it has to be judged by.
    package struct Concern: Hashable, Sendable {
        /// What kind of concern.
        package enum Kind: String, Hashable, Codable, Sendable, CaseIterable {
            /// Another renewal of the alias, or one with the same partner, is under way.
            case otherRenewal
            /// It is not known what a partner's system can do, and the plan takes it as single.
            case unknownCapability
            /// That a partner handles two keys is claimed, not proven.
            case claimedCapability
            /// The last moment to start has passed.
            case late
            /// A version is staged already, and the renewal could take it.
            case stagedVersion
            /// The old certificate has expired: nothing is protected with it any more.
            case expired
        }

        /// What kind of concern.
        package let kind: Kind
        /// What is found, with names and numbers.
        package let text: String
        /// What to do about it.
        package let remedy: String
        /// Whether the renewal cannot start before it is settled.
        package let isBlocking: Bool
    }

    /// A downtime that the plan needs.
    package struct Downtime: Hashable, Sendable {
        /// With whom it is agreed.
        package let partner: PartnerID
        /// The flows that stand still.
        package let flows: [String]
        /// Who stops the messages: the tenant's flow is undeployed or held, or the sender stops sending.
        package let isStoppedBySender: Bool
        /// The flows among them that are held: they go on accepting one-way messages.
        package let held: [String]
        /// How long it is when no other window is agreed.
        package let length: Duration
    }

    /// What is in the way or has to be judged, the blocking first.
    package let concerns: [Concern]
    /// The downtimes, by partner.
    package let downtimes: [Downtime]
    /// How many steps the procedures of the tracks have together, before those that are one act were merged.
    package let unmergedStepCount: Int
    /// How long the renewal takes until the old key is only kept, when every person takes the whole time allowed.
    package let longestCourse: Duration
}

extension RenewalPlan {
    /// The downtimes that the plan needs.
    func downtimes(_ settings: RenewalSettings) -> [PlanReview.Downtime] {
        let held = choices?.held ?? []
        return tracks.filter { $0.variant == .single }
            .map { track in
                PlanReview.Downtime(
                    partner: track.partner,
                    flows: track.flows,
                    isStoppedBySender: track.useCase.side == .inbound,
                    held: track.useCase.side == .inbound ? [] : track.flows.filter(held.contains),
                    length: settings.downtime
                )
            }
    }

    /// The steps of every track's procedure, counted apart.
    var unmergedStepCount: Int {
        tracks.compactMap { Procedure.procedure($0.useCase, $0.variant)?.steps.count }.reduce(0, +)
            + Procedure.ending.count
    }

    /// The longest way through the steps up to the retention, by what each may take.
    func longestCourse(_ settings: RenewalSettings) -> Duration {
        var ends: [StepID: Duration] = [:]
        for step in steps where step.kind != .retain && step.kind != .destroy {
            let begin = step.opensAfter.compactMap { ends[$0] }.max() ?? .zero
            ends[step.id] = begin + step.longest(settings)
        }
        return ends.values.max() ?? .zero
    }
}

extension PlannedStep {
    fileprivate func longest(_ settings: RenewalSettings) -> Duration {
        let wait: Duration =
            switch entry {
            case .oldKeyOutOfUse: settings.removalWait
            case .oldKeyUnseen: settings.acceptanceWait
            case .none, .downtimeBegun, .readyToExchange, .exchangeProven, .retentionOver: .zero
            }
        return kind.isPerformedBySystem ? wait : wait + settings.reminderWait
    }
}

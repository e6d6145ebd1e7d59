import FoundationEssentials
import Keystore

/// Finds what a person has to know of a plan: in the plan itself, and in the other renewals.
struct PlanReviewer {
    let transaction: any RenewalTransaction
    let scope: RenewalScope

    /// The review of a plan, stored as `id` or not stored.
    func review(_ plan: RenewalPlan, of id: RenewalID?) throws -> PlanReview {
        let settings = plan.settings(scope.settings)
        let concerns = try otherRenewals(plan, id) + capabilities(plan) + staged(plan) + time(plan)
        return PlanReview(
            concerns: concerns.filter(\.isBlocking) + concerns.filter { !$0.isBlocking },
            downtimes: plan.downtimes(settings),
            unmergedStepCount: plan.unmergedStepCount,
            longestCourse: plan.longestCourse(settings)
        )
    }

    private func otherRenewals(_ plan: RenewalPlan, _ id: RenewalID?) throws -> [PlanReview.Concern] {
        var query = RenewalQuery()
        query.statuses = Set(RenewalStatus.allCases.filter(\.holdsAlias))
        query.alias = plan.alias
        let same = try transaction.renewals(query).filter { $0.id != id }
            .map { other in
                PlanReview.Concern(
                    kind: .otherRenewal,
                    text: "The renewal \(other.id) of the same key is \(other.status.rawValue).",
                    remedy: "Finish \(other.id), roll it back or abort it before this one starts.",
                    isBlocking: true
                )
            }
        return try same + Set(plan.tracks.map(\.partner)).sorted().flatMap { try renewals(with: $0, query) }
    }

    /// Other keys' renewals that are under way with a partner.
    private func renewals(with partner: PartnerID, _ base: RenewalQuery) throws -> [PlanReview.Concern] {
        var query = base
        query.alias = nil
        query.partner = partner
        return try transaction.renewals(query).filter { $0.alias != base.alias }
            .map { other in
                PlanReview.Concern(
                    kind: .otherRenewal,
                    text: "The renewal \(other.id) of \(other.alias) is under way with \(partner) too.",
                    remedy:
                        "Tell its people which certificate is for which key, or wait until \(other.id) is over: a fault "
                        + "may then be of either.",
                    isBlocking: false
                )
            }
    }

    private func capabilities(_ plan: RenewalPlan) -> [PlanReview.Concern] {
        plan.tracks.compactMap { track in
            guard let part = PartnerPart(track.useCase.purpose) else { return nil }
            switch track.standing {
            case .unknown?:
                return PlanReview.Concern(
                    kind: .unknownCapability,
                    text:
                        "Whether the system of \(track.partner) can \(part.rawValue) with two keys at once is unknown; it "
                        + "is planned as \(track.variant.rawValue), as was chosen.",
                    remedy: "Ask its administrator: with two keys at once no downtime is needed.",
                    isBlocking: false
                )
            case .dualClaimed? where track.variant == .dual:
                return PlanReview.Concern(
                    kind: .claimedCapability,
                    text:
                        "That the system of \(track.partner) can \(part.rawValue) with two keys at once is claimed, not proven.",
                    remedy: "Have it probed before the exchange, or plan it as single.",
                    isBlocking: false
                )
            default: return nil
            }
        }
    }

    /// The versions that could be taken instead of a key pair that the renewal creates.
    private func staged(_ plan: RenewalPlan) throws -> [PlanReview.Concern] {
        let step = plan.steps.first { $0.kind == .createKeyPair && $0.by.role == .tenantAdministrator }
        guard let step else { return [] }
        return try transaction.versions(of: plan.alias).filter { $0.state == .staged && $0.hasPrivateKey }
            .map { version in
                PlanReview.Concern(
                    kind: .stagedVersion,
                    text: "Version \(version.id.number) of \(plan.alias) is staged already.",
                    remedy:
                        "To renew with it, do \(step.id) with `--version \(version.id.number)`; without, a key pair with a "
                        + "self-signed certificate is created.",
                    isBlocking: false
                )
            }
    }

    private func time(_ plan: RenewalPlan) throws -> [PlanReview.Concern] {
        var concerns: [PlanReview.Concern] = []
        if let end = try transaction.version(plan.oldVersion)?.validity?.upperBound, end < scope.now {
            concerns.append(try expired(plan, end))
        }
        if let latest = plan.latestStart, latest < scope.now {
            concerns.append(
                PlanReview.Concern(
                    kind: .late,
                    text:
                        "The last moment to start was \(latest.inWords): the waits reach beyond the old certificate's end.",
                    remedy: "Start now, and hold everybody to the deadlines.",
                    isBlocking: false
                )
            )
        }
        return concerns
    }

    /// What an expired certificate means for messages, and that the plan is in a hurry.
    private func expired(_ plan: RenewalPlan, _ end: Date) throws -> PlanReview.Concern {
        let protecting = plan.tracks.filter { [.sign, .encrypt].contains($0.useCase.purpose) }
        let flows = Set(protecting.flatMap(\.flows)).sorted()
        let stored = try flows.map { try transaction.undeliveredMessages(of: $0) }.reduce(0, +)
        let apply = plan.settings(scope.settings).applyTime.inWords
        let names = flows.joined(separator: ", ")
        let loss =
            flows.isEmpty
            ? "What arrives is still decrypted, and verified by when it came: nothing is lost."
            : "On \(names) requests get 503 and are not stored; \(stored) stored message(s) wait, and each is given up when its "
                + "guaranteed delivery time is over."
        let hold = flows.map { "`rekey flow hold \($0)`" }.joined(separator: ", ")
        return PlanReview.Concern(
            kind: .expired,
            text:
                "The certificate of version \(plan.oldVersion.number) ended at \(end.inWords): nothing is protected with it any "
                + "more. \(loss) The plan is a hurried one: each person has \(apply), and the exchange waits for no overlap, only "
                + "for those who must handle the new key before it.",
            remedy: flows.isEmpty
                ? "Start at once."
                : "Start at once, and hold what stores messages until the exchange: the time held does not count (\(hold)).",
            isBlocking: false
        )
    }
}

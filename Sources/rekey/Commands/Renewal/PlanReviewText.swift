import Foundation
import ManagementAPI

/// The text of a plan's review.
enum PlanReviewText {
    /// Waits of each step, downtimes, concerns, and what comes next; each a paragraph.
    static func show(_ review: PlanReviewResource, of renewal: RenewalResource) -> [String] {
        [waits(renewal), times(review, renewal)] + downtimes(review) + concerns(review) + next(renewal)
    }

    private static func waits(_ renewal: RenewalResource) -> String {
        let lines = renewal.steps.map { step in
            let after = step.opensAfter.isEmpty ? "" : " after \(step.opensAfter.joined(separator: ", "))"
            return "  \(step.id)\(after): \(step.proof.explanation)"
        }
        return (["Steps and waits:"] + lines).joined(separator: "\n")
    }

    private static func times(_ review: PlanReviewResource, _ renewal: RenewalResource) -> String {
        let merged =
            "\(renewal.steps.count) steps, of \(review.unmergedStepCount) in the procedures of the use cases: what is one act is one step."
        let course =
            "At most \((review.longestCourse + 86_399) / 86_400) days until the old key is only kept, when everybody takes the time allowed."
        let latest = renewal.latestStart.map { "\nLatest start: \(Wording.moment($0))." } ?? ""
        return "\(merged)\n\(course)\(latest)"
    }

    private static func downtimes(_ review: PlanReviewResource) -> [String] {
        guard !review.downtimes.isEmpty else { return ["No downtime is needed."] }
        let table = TextTable(
            ["downtime with", "flow", "by", "seconds", "messages expected"],
            review.downtimes.map {
                [
                    $0.partner, $0.flow, Wording.spoken($0.means), String($0.seconds),
                    $0.expectedMessages.map { count in "\(count), stored when held" }
                        ?? "requests are asked to come again",
                ]
            }
        )
        return [table.text]
    }

    private static func concerns(_ review: PlanReviewResource) -> [String] {
        guard !review.concerns.isEmpty else { return [] }
        let lines = review.concerns.map { concern in
            "  \(concern.isBlocking ? "IN THE WAY: " : "")\(concern.text)\n    \(concern.remedy)"
        }
        return [(["Concerns:"] + lines).joined(separator: "\n")]
    }

    private static func next(_ renewal: RenewalResource) -> [String] {
        guard !renewal.id.isEmpty else { return [] }
        if let name = renewal.approvedBy {
            return [
                "Approved by \(name) at \(Wording.moment(renewal.approvedAt)). Start: rekey renewal start \(renewal.id)"
            ]
        }
        return ["Not approved yet: rekey renewal approve \(renewal.id), then rekey renewal start \(renewal.id)"]
    }
}

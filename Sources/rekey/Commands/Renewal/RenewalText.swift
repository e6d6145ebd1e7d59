import Foundation
import ManagementAPI

/// The text output of the renewal commands.
enum RenewalText {
    /// One line for each renewal.
    static func list(_ renewals: [RenewalResource]) -> String {
        TextTable(
            ["renewal", "key", "state", "versions", "steps done", "next"],
            renewals.map { renewal in
                let done = renewal.steps.count { isDone($0) }
                let next = renewal.steps.first { $0.state == "open" || $0.state == "claimed" }
                return [
                    renewal.id, renewal.alias, Wording.spoken(renewal.state), versions(renewal),
                    "\(done) of \(renewal.steps.count)", next.map { "\(who($0)): \($0.id)" } ?? "-",
                ]
            }
        )
        .text
    }

    /// The tracks, the steps, and who must do what next.
    static func show(_ renewal: RenewalResource) -> String {
        let head =
            "\(renewal.id.isEmpty ? "plan for" : "renewal \(renewal.id) of") \(renewal.alias): "
            + "\(Wording.spoken(renewal.state)), version \(versions(renewal))"
        let review = renewal.review.map { PlanReviewText.show($0, of: renewal) } ?? []
        return ([head, tracks(renewal), steps(renewal)] + review + next(renewal)).joined(separator: "\n\n")
    }

    private static func tracks(_ renewal: RenewalResource) -> String {
        TextTable(
            ["use case", "variant", "two keys at once", "partner", "flows", "moved"],
            renewal.tracks.map {
                [
                    $0.useCase, $0.variant, $0.standing.map(Wording.spoken) ?? "-", $0.partner,
                    $0.flows.joined(separator: ", "), $0.movedAt == nil ? "" : Wording.moment($0.movedAt),
                ]
            }
        )
        .text
    }

    private static func steps(_ renewal: RenewalResource) -> String {
        TextTable(
            ["step", "who", "state", "proof", "what"],
            renewal.steps.map { [$0.id, who($0), $0.state, proof($0.proof), $0.title] }
        )
        .text
    }

    private static func next(_ renewal: RenewalResource) -> [String] {
        let current = renewal.steps.filter { ["open", "claimed", "failed"].contains($0.state) }
        guard !current.isEmpty, !renewal.id.isEmpty else { return [] }
        return ["Next:\n" + current.map { next($0, of: renewal) }.joined(separator: "\n")]
    }

    private static func next(_ step: StepResource, of renewal: RenewalResource) -> String {
        var lines = ["  \(who(step)): \(step.title)"]
        if step.isPerformedBySystem == true {
            lines.append("    the system does it by itself")
        } else if step.state != "claimed" {
            let needs = step.needs.map(option).joined()
            lines.append("    say so with: rekey renewal step \(renewal.id) \(step.id)\(needs)")
        }
        lines.append("    proof: \(step.proof.explanation)")
        if let notBefore = step.proof.notBefore {
            lines.append("    not before \(Wording.moment(notBefore))")
        }
        if let reason = step.reason {
            lines.append("    refused: \(reason)")
        }
        return lines.joined(separator: "\n")
    }

    /// How the command line brings what a claim needs.
    private static func option(_ need: String) -> String {
        switch need {
        case "certificate": " --certificate FILE"
        case "agreement": " --downtime-start TIME --downtime-end TIME"
        case "secondPerson": "  (and a second person after you)"
        default: ""
        }
    }

    private static func versions(_ renewal: RenewalResource) -> String {
        "\(renewal.oldVersion.map(String.init) ?? "-") → \(renewal.newVersion.map(String.init) ?? "new")"
    }

    private static func who(_ step: StepResource) -> String {
        "\(Wording.spoken(step.role)) of \(step.organisation)"
    }

    private static func proof(_ proof: StepResource.Proof) -> String {
        guard let reached = proof.reachedGrade else { return "needs \(proof.minimumGrade)" }
        return reached
    }

    private static func isDone(_ step: StepResource) -> Bool {
        ["verified", "overridden", "skipped"].contains(step.state)
    }

    /// The journal.
    static func journal(_ entries: [JournalEntry]) -> String {
        TextTable(
            ["no.", "at", "who", "event", "step", "detail"],
            entries.map {
                [
                    String($0.sequence), Wording.moment($0.at), $0.actor, Wording.spoken($0.event), $0.step ?? "-",
                    $0.detail,
                ]
            }
        )
        .text
    }

    /// Notifications, each with its text.
    static func notifications(_ notifications: [NotificationResource]) -> String {
        guard !notifications.isEmpty else { return "no notifications" }
        return
            notifications.map { notification in
                let state =
                    notification.acknowledgedAt.map { "acknowledged \(Wording.moment($0))" } ?? "not acknowledged"
                let about = notification.renewal.contains("/") ? "key" : "renewal"
                return """
                    \(notification.id)  \(Wording.moment(notification.sentAt))  \(about) \(notification.renewal)  \(state)
                      to the \(Wording.spoken(notification.role)) of \(notification.organisation): \(notification.text)
                    """
            }
            .joined(separator: "\n")
    }

    /// Partners and their capability.
    static func partners(_ partners: [PartnerResource]) -> String {
        TextTable(["partner", "role", "keys at once"], partners.map { [$0.id, $0.role, $0.keys] }).text
    }
}

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
        let hasSeveral = partners(renewal).count > 1
        let headings = ["step", "who", "with", "state", "proof", "what"]
        let rows = renewal.steps.map { [$0.id, who($0), with($0, of: renewal), $0.state, proof($0.proof), what($0)] }
        let shown = headings.indices.filter { hasSeveral || headings[$0] != "with" }
        return TextTable(shown.map { headings[$0] }, rows.map { row in shown.map { row[$0] } }).text
    }

    private static func partners(_ renewal: RenewalResource) -> Set<String> { Set(renewal.tracks.map(\.partner)) }

    /// The partner whom a step is about, where its role does not say it.
    private static func with(_ step: StepResource, of renewal: RenewalResource) -> String {
        let others = (step.partners ?? []).filter { $0 != step.organisation }
        return others.count > 1 && Set(others) == partners(renewal) ? "all" : others.joined(separator: ", ")
    }

    /// The procedure's sentence; of the developer's steps with the flows that are meant.
    private static func what(_ step: StepResource) -> String {
        let isOfFlows = ["undeployFlow", "deployFlow"].contains(step.kind)
        guard isOfFlows, let flows = step.flows, !flows.isEmpty else { return step.title }
        return "\(step.title) (\(flows.joined(separator: ", ")))"
    }

    private static func next(_ renewal: RenewalResource) -> [String] {
        let current = renewal.steps.filter { ["open", "claimed", "failed"].contains($0.state) }
        let isOver = ["completed", "rolledBack", "aborted", "compromised"].contains(renewal.state)
        guard !current.isEmpty, !renewal.id.isEmpty, !isOver else { return [] }
        return ["Next:\n" + current.map { next($0, of: renewal) }.joined(separator: "\n")]
    }

    private static func next(_ step: StepResource, of renewal: RenewalResource) -> String {
        let partner = partners(renewal).count > 1 ? with(step, of: renewal) : ""
        var lines = ["  \(who(step))\(partner.isEmpty ? "" : ", with \(partner)"): \(what(step))"]
        if let acknowledgement = acknowledgement(step) {
            lines.append("    \(acknowledgement)")
        } else if step.isPerformedBySystem == true {
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

    /// Who has to say that what was written has been read, and how; nil when nobody has to.
    private static func acknowledgement(_ step: StepResource) -> String? {
        guard step.state == "claimed", let id = step.notification, let role = step.toRole, let to = step.to else {
            return nil
        }
        return "the \(Wording.spoken(role)) of \(to) says that it was read: rekey inbox acknowledge \(id)"
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

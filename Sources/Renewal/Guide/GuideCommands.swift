import Keystore

/// What each role types in a renewal, in order, each role's commands under its name.
struct GuideCommands {
    private let plan: RenewalPlan
    private let renewal: RenewalID

    init(_ plan: RenewalPlan) {
        self.plan = plan
        renewal = RenewalID(rawValue: "\(plan.alias)-1")
    }

    /// The commands, with comments that name roles and waits.
    var lines: [String] {
        var lines: [String] = []
        var speaker = ""
        for (role, command) in commands {
            if role != speaker {
                lines.append("# \(role)")
                speaker = role
            }
            if let command { lines.append(command) }
        }
        return lines
    }

    private var commands: [(role: String, command: String?)] {
        let coordinator = Role.tenantAdministrator.words
        let doubled = (plan.choices?.doubled ?? []).sorted()
        let beginning: [(String, String?)] =
            doubled.isEmpty
            ? [(coordinator, "rekey renewal plan \(plan.alias)"), (coordinator, "rekey renewal start \(plan.alias)")]
            : [
                (
                    coordinator,
                    "rekey renewal plan \(plan.alias) --save \(doubled.map { "--double \($0)" }.joined(separator: " "))"
                ), (coordinator, "rekey renewal approve \(renewal)"), (coordinator, "rekey renewal start \(renewal)"),
            ]
        return beginning + plan.steps.flatMap(commands)
    }

    private func commands(of step: PlannedStep) -> [(role: String, command: String?)] {
        let who = step.by.role.words
        let claim = "rekey renewal step \(renewal) \(step.id)"
        if step.kind.isPerformedBySystem { return [("the system: \(step.id)", nil)] + acknowledgement(of: step) }
        switch step.kind {
        case .agreeDowntime:
            let window = " --downtime-start TIME --downtime-end TIME"
            return [(who, claim + window), (step.to?.role.words ?? who, claim)]
        case .destroy: return [(who, claim), ("another \(who)", claim)]
        default:
            let certificate = step.needs.contains(.certificate) ? " --certificate FILE" : ""
            return [(who, claim + certificate)] + acknowledgement(of: step)
        }
    }

    private func acknowledgement(of step: PlannedStep) -> [(role: String, command: String?)] {
        guard step.proof == .acknowledged, let addressee = step.to else { return [] }
        return [(addressee.role.words, "rekey renewal notifications --acknowledge \(renewal).\(step.id)")]
    }
}

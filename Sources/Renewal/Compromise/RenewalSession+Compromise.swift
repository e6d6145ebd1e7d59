import FoundationEssentials
import Keystore

extension RenewalSession {
    /// Ends the renewal because a version of its alias is known to others, and tells everyone who takes part.
    mutating func end(
        compromised version: KeyVersionID,
        successor: KeyVersionID?,
        reason: String,
        approvedBy: String?,
        by actor: Actor
    ) throws {
        try unassignAll(by: actor)
        let (generation, stopped) = (try transaction.generation(), state.flowsKeptUndeployed)
        try record(
            .compromised(
                version: version,
                successor: successor,
                reason: reason,
                requestedBy: approvedBy,
                generation: generation
            ),
            by: actor
        )
        guard let first = state.plan.steps.first else { return }
        let attachments = try successor.map { try certificate(of: $0) } ?? []
        let inUse = try transaction.versions(of: state.plan.alias).first { $0.state == .active }?.id
        for party in state.plan.parties.sorted(by: { $0.description < $1.description }) {
            let text =
                "\(version) is compromised: \(reason). It is neither used nor accepted from now on; do not use or accept it "
                + "in your system. \(next(successor, inUse))\(resuming(stopped, for: party, with: inUse)) (Renewal \(state.id) has ended.)"
            let name = "compromised-\(party.role.rawValue)-\(party.organisation)"
            try transaction.insertNotification(notification(of: first, name, to: party, text: text, attachments))
        }
    }

    /// What the end leaves standing still, and who lets it go on.
    private func resuming(_ stopped: Set<String>, for party: Party, with inUse: KeyVersionID?) -> String {
        let own = state.plan.steps.filter { $0.by == party }
        let condition =
            inUse.map { ", as soon as the partner's system has version \($0.number)" } ?? ", once there is one"
        let flows = own.filter { $0.kind == .undeployFlow }.flatMap(\.flows).filter(stopped.contains)
        let isSilent = { (kind: StepKind) in own.contains { $0.kind == kind && state.isBegun($0) } }
        let deploy = flows.isEmpty ? "" : " Deploy \(Set(flows).sorted().joined(separator: ", ")) again\(condition)."
        return deploy + (isSilent(.stopSending) && !isSilent(.startSending) ? " Start sending again\(condition)." : "")
    }

    private func next(_ successor: KeyVersionID?, _ inUse: KeyVersionID?) -> String {
        guard let successor else {
            if let inUse {
                return "Version \(inUse.number) stays in use: keep it, or go back to it, in your system."
            }
            return "No version takes its place yet; the tenant administrator has to plan another renewal."
        }
        return
            "Version \(successor.number) takes its place at once; its certificate is attached: compare the fingerprint."
    }
}

extension RenewalPlan {
    /// Everybody who takes part.
    var parties: Set<Party> { Set(steps.flatMap { [$0.by] + [$0.to].compactMap(\.self) }) }
}

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
        let generation = try transaction.generation()
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
        for party in state.plan.parties.sorted(by: { $0.description < $1.description }) {
            let text =
                "\(version) is compromised: \(reason). It is neither used nor accepted from now on; do not use or accept it "
                + "in your system. \(next(successor)) (Renewal \(state.id) has ended.)"
            let name = "compromised-\(party.role.rawValue)-\(party.organisation)"
            try transaction.insertNotification(notification(of: first, name, to: party, text: text, attachments))
        }
    }

    private func next(_ successor: KeyVersionID?) -> String {
        guard let successor else {
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

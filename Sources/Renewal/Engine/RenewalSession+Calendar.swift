import FoundationEssentials
import Keystore

/// What is told of a downtime, with an entry for calendars.
extension RenewalSession {
    /// Tells of what was proposed the one who did not propose it, of what was agreed everybody concerned.
    func announceWindow(of step: PlannedStep) throws {
        let progress = state.progress(of: step.id)
        guard let window = progress.window else { return }
        let isAgreed = progress.agreed.count > 1
        let entry = entry(step, window, .request, isAgreed: isAgreed)
        let terms = progress.proposal.map { " (\($0.inWords)\(range(of: $0, step)))" } ?? ""
        let moments = "from \(window.start.inWords) to \(window.end.inWords)\(terms)."
        for party in isAgreed ? concerned(by: step) : step.parties.filter({ !progress.agreed.contains($0) }) {
            let (which, times) = ("\(state.id) --step \(step.id)", "--start TIME --end TIME")
            let text =
                isAgreed
                ? "The downtime is agreed: \(moments) Until it begins, `rekey renewal window counter \(which) \(times)` proposes "
                    + "another, and `rekey renewal window cancel \(which) --reason TEXT` calls it off."
                : "A downtime is proposed: \(moments) Accept it with `rekey renewal window accept \(which)`, or propose another "
                    + "with `rekey renewal window counter \(which) \(times)`."
            try insert(step, party, text, entry)
        }
    }

    /// Tells everybody who knows of it that it does not take place.
    func announceCancelled(
        _ window: DowntimeWindow,
        of step: PlannedStep,
        wasAgreed: Bool,
        _ reason: String
    ) throws {
        let entry = entry(step, window, .cancel, isAgreed: wasAgreed)
        let text = "The downtime from \(window.start.inWords) to \(window.end.inWords) is called off: \(reason)"
        for party in wasAgreed ? concerned(by: step) : step.parties { try insert(step, party, text, entry) }
    }

    /// Tells everybody concerned that traffic stands still although the downtime is over.
    func announceOverrun(_ window: DowntimeWindow, of step: PlannedStep) throws {
        let text =
            "Alarm: the downtime was to end at \(window.end.inWords), and traffic stands still. "
            + "Finish the open steps, or roll the renewal back (`rekey renewal rollback \(state.id)`)."
        for party in concerned(by: step) { try insert(step, party, text, nil, "overrun") }
    }

    /// Tells everybody concerned that one partner is back at the old key, and the flows serve again.
    func announceTakenBack(_ partner: PartnerID, _ step: PlannedStep, _ reason: String) throws {
        let others = state.movedPartners.keys.sorted().map(\.rawValue).joined(separator: ", ")
        let rest =
            others.isEmpty ? "Nobody else is touched." : "Nobody else is touched: \(others) stay(s) at the new key."
        let (which, times) = ("\(state.id) --step \(step.id)", "--start TIME --end TIME")
        let flows = state.stops(in: step).filter { $0.kind == .undeployFlow }.flatMap(\.flows)
        let deployed = flows.isEmpty ? "" : " and \(flows.joined(separator: ", ")) is deployed again"
        for party in concerned(by: step) {
            let isStopped = party.role == .senderAdministrator && flows.isEmpty
            let own = party.organisation == partner.rawValue ? " Keep (or go back to) the old key in your system." : ""
            let text =
                "\(reason) Messages for \(partner) are protected with the old key again\(deployed). \(rest)\(own)"
                + "\(isStopped ? " Start sending again." : "") Then agree another downtime: "
                + "`rekey renewal window propose \(which) \(times)`."
            try insert(step, party, text, nil, "taken-back")
        }
    }

    /// Whom the way back at the end concerns, where that is not everybody.
    private func range(of proposal: WindowProposal, _ step: PlannedStep) -> String {
        guard proposal.rollsBack, let partner = state.partnerMovingAlone(in: step) else { return "" }
        return "; for \(partner) alone, nobody else is touched"
    }

    private static let subjects = ["overrun": "downtime is overrun", "taken-back": "downtime is taken back"]

    /// Both parties, and the tenant's people who stop and start flows.
    private func concerned(by step: PlannedStep) -> [Party] {
        let hands = (state.stops(in: step) + state.resumes(in: step)).map(\.by)
        return Set(step.parties + hands + [scope.tenantAdministrator]).sorted { $0.description < $1.description }
    }

    private func entry(
        _ step: PlannedStep,
        _ window: DowntimeWindow,
        _ method: CalendarEntry.Method,
        isAgreed: Bool
    ) -> CalendarEntry {
        CalendarEntry(
            uid: "\(state.id).\(step.id)@\(scope.tenant)",
            sequence: state.progress(of: step.id).windowSequence - 1,
            method: method,
            isAgreed: isAgreed,
            window: window,
            summary: "Downtime: renewal of the key \(state.plan.alias)",
            saidAt: scope.now
        )
    }

    private func insert(
        _ step: PlannedStep,
        _ party: Party,
        _ text: String,
        _ calendar: CalendarEntry?,
        _ kind: String = "window"
    ) throws {
        let number = state.progress(of: step.id).windowSequence
        let suffix = "\(kind)-\(number)-\(party.role.rawValue)-\(party.organisation)"
        try transaction.insertNotification(
            RenewalNotification(
                id: RenewalNotification.ID(rawValue: "\(state.id).\(step.id).\(suffix)"),
                renewal: state.id,
                step: step.id,
                sender: scope.tenantAdministrator,
                addressee: party,
                subject: "Renewal of \(state.plan.alias): \(Self.subjects[kind] ?? "downtime")",
                text: "\(text) (Renewal \(state.id) of the key \(state.plan.alias).)",
                calendar: calendar,
                createdAt: scope.now
            )
        )
    }
}

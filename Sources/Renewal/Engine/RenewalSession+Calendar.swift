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
        let terms = progress.proposal.map { " (\($0.inWords))" } ?? ""
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
                subject: "Renewal of \(state.plan.alias): \(kind == "window" ? "downtime" : "downtime is overrun")",
                text: "\(text) (Renewal \(state.id) of the key \(state.plan.alias).)",
                calendar: calendar,
                createdAt: scope.now
            )
        )
    }
}

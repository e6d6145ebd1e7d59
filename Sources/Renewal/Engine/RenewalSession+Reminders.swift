import FoundationEssentials
import Keystore

/// Reminders before a deadline and escalation after it: each is journalled when it is sent, so that none comes twice.
extension RenewalSession {
    /// Whom a step waits for, until when, and what that one was told.
    private struct Wait {
        let party: Party
        let deadline: Date
        let original: RenewalNotification?
    }

    mutating func remindInTime(of step: PlannedStep) throws {
        guard let wait = try wait(of: step) else { return }
        try remind(wait, of: step)
        try escalate(wait, of: step)
    }

    /// An open step waits for its role; a notification for its addressee, as long as a partner has to apply a change.
    private func wait(of step: PlannedStep) throws -> Wait? {
        let progress = state.progress(of: step.id)
        if progress.state == .open, !step.kind.isPerformedBySystem {
            return progress.deadline.map { Wait(party: step.by, deadline: $0, original: nil) }
        }
        guard progress.state == .claimed, step.proof == .acknowledged, !progress.isAcknowledged,
            let informed = progress.claimedAt, let id = progress.notification,
            let original = try transaction.notification(id)
        else { return nil }
        let deadline = informed.advanced(by: scope.settings.reminderWait)
        return Wait(party: original.addressee, deadline: deadline, original: original)
    }

    private mutating func remind(_ wait: Wait, of step: PlannedStep) throws {
        // A step's own deadline is said by what makes it overdue.
        let early = scope.settings.reminders.filter { $0 < scope.settings.reminderWait }
        let occasions = early + (wait.original == nil ? [] : [.zero])
        let due = occasions.map(\.wholeSeconds).filter { scope.now >= wait.deadline.addingTimeInterval(-Double($0)) }
        let sent = state.progress(of: step.id).reminders
        guard let next = due.min(), next < sent.min() ?? Int.max else { return }
        let id = name(of: step, "reminder-\(next)")
        try send(id, wait, step, to: wait.party, "Reminder", "It is due by \(wait.deadline.inWords).")
        try record(
            .reminded(step: step.id, secondsBefore: next, notification: id),
            by: scope.system
        )
    }

    private mutating func escalate(_ wait: Wait, of step: PlannedStep) throws {
        let due = scope.settings.escalations.map(\.wholeSeconds)
            .filter { scope.now >= wait.deadline.addingTimeInterval(Double($0)) }
        let sent = state.progress(of: step.id).escalations
        guard let next = due.max(), next > sent.max() ?? -1 else { return }
        let id = name(of: step, "escalation-\(next)")
        let text = "The \(wait.party) was to do it by \(wait.deadline.inWords). Ask them, in another way than by mail."
        try send(id, wait, step, to: scope.tenantAdministrator, "Late", text)
        try record(
            .escalated(step: step.id, secondsAfter: next, notification: id),
            by: scope.system
        )
    }

    private func send(
        _ id: RenewalNotification.ID,
        _ wait: Wait,
        _ step: PlannedStep,
        to addressee: Party,
        _ word: String,
        _ text: String
    ) throws {
        let isReminder = addressee == wait.party
        let original = isReminder ? wait.original : nil
        let what =
            wait.original == nil
            ? step.title : "The notification \(wait.original?.id.rawValue ?? "") is not acknowledged."
        try transaction.insertNotification(
            RenewalNotification(
                id: id,
                renewal: state.id,
                step: step.id,
                sender: scope.tenantAdministrator,
                addressee: addressee,
                subject: "\(word): renewal of \(state.plan.alias), \(step.id)",
                text: ["\(word): \(what)", text, original?.text, "(Renewal \(state.id).)"].compactMap(\.self)
                    .joined(separator: " "),
                attachments: original?.attachments ?? [],
                remindsOf: original?.id,
                createdAt: scope.now
            )
        )
    }
}

extension Duration {
    /// Whole seconds, rounded down.
    fileprivate var wholeSeconds: Int { Int(components.seconds) }
}

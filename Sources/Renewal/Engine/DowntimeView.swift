package import FoundationEssentials

/// A downtime as it is shown: what was said, and what traffic showed.
package struct DowntimeView: Hashable, Sendable, Identifiable {
    /// The step that agrees it.
    package let id: StepID
    /// Both who have a say.
    package let parties: [Party]
    /// What is proposed or agreed; `nil` when nothing is, or it was called off.
    package let window: DowntimeWindow?
    /// Who agreed to that; both when it is agreed.
    package let agreed: [Party]
    /// What becomes of the flows.
    package let conduct: WindowProposal.Conduct
    /// Whether the old key comes back by itself at the end.
    package let rollsBack: Bool
    /// The remark of who proposed it.
    package let note: String?
    /// How often it was proposed, agreed to, changed or called off.
    package let sequence: Int
    /// When traffic stood still, by the runtime's own state.
    package let beganAt: Date?
    /// When it flowed again, by the runtime's own state.
    package let endedAt: Date?
    /// The last message with the old key, by the ledger.
    package let lastOldAt: Date?
    /// The first message with the new key, by the ledger.
    package let firstNewAt: Date?
    /// Whether it lasted longer than agreed.
    package let hasOverrun: Bool
    /// The ones before that were taken back: when traffic stood still, and when it flowed again.
    package let takenBack: [DowntimeWindow]
}

extension DowntimeView {
    /// Whether it is what this notification proposes to its addressee, and not yet agreed.
    func isProposal(in notification: RenewalNotification) -> Bool {
        guard let calendar = notification.calendar, calendar.method == .request, window == calendar.window else {
            return false
        }
        let isTheirs = parties.contains(notification.addressee) && !agreed.contains(notification.addressee)
        return sequence == calendar.sequence + 1 && agreed.count == 1 && isTheirs && beganAt == nil
    }
}

extension RenewalEngine {
    /// The downtimes of a renewal, one for each step that agrees one.
    package func downtimes(of renewal: RenewalID) async throws -> [DowntimeView] {
        let scope = try await scope(of: renewal)
        return try await store.read { transaction in
            let session = try RenewalSession(opening: renewal, transaction, scope)
            return try session.state.steps(.agreeDowntime).map { try session.downtime(of: $0) }
        }
    }
}

extension RenewalSession {
    func downtime(of step: PlannedStep) throws -> DowntimeView {
        let (progress, tracks) = (state.progress(of: step.id), try facts(for: step).tracks)
        return DowntimeView(
            id: step.id,
            parties: step.parties,
            window: progress.window,
            agreed: progress.agreed,
            conduct: progress.proposal?.conduct ?? .undeploy,
            rollsBack: progress.proposal?.rollsBack ?? false,
            note: progress.proposal?.note,
            sequence: progress.windowSequence,
            beganAt: progress.downtimeBeganAt,
            endedAt: progress.downtimeEndedAt,
            lastOldAt: tracks.compactMap(\.old.lastAt).max(),
            firstNewAt: tracks.compactMap(\.new.firstAt).min(),
            hasOverrun: progress.hasOverrun,
            takenBack: progress.takenBack
        )
    }
}

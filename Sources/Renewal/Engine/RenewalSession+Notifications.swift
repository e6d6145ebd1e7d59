import FoundationEssentials
import Keystore

extension RenewalSession {
    /// Writes the notification of a step that informs, provides or confirms.
    mutating func inform(_ step: PlannedStep, by actor: Actor) throws {
        guard let addressee = step.to else { return }
        let attachments = step.kind == .provideCertificate ? try certificateOfNewVersion() : []
        let notification = notification(of: step, to: addressee, text: text(of: step), attachments)
        try transaction.insertNotification(notification)
        try record(.informed(step: step.id, notification: notification.id), by: actor)
    }

    /// Reminds the role of an overdue step.
    func remind(of step: PlannedStep) throws {
        let text = "Overdue: \(step.title) \(context)"
        try transaction.insertNotification(
            notification(of: step, "overdue", "\(step.id) is overdue", to: step.by, text: text, [])
        )
    }

    /// Tells the coordinator that a partner does not answer, and what can be done about it.
    func reportSilence(of step: PlannedStep, since deadline: Date) throws {
        let part = step.tracks.compactMap { PartnerPart(state.plan.tracks[$0].useCase.purpose) }.first
        let option = part.map { " --for \($0.rawValue)" } ?? ""
        let text =
            "The \(step.by) has not done \(step.id), which was due at \(deadline.inWords). Nothing changes by itself: the old key "
            + "stays in use until somebody decides. Ask again by another way; or abort this renewal and plan it with one key at a "
            + "time (`rekey partner capability \(step.by.organisation)\(option) --set single`) and an agreed downtime."
        let coordinator = scope.tenantAdministrator
        let about = "\(step.by.organisation) has not answered \(step.id)"
        try transaction.insertNotification(
            notification(of: step, "unanswered", about, to: coordinator, text: "\(text) \(context)", [])
        )
    }

    /// Tells the role of a step what it has to look into.
    func alert(_ step: PlannedStep, _ reason: String) throws {
        let name = "alert-\(state.lastSequence)"
        let text = "\(reason) \(context)"
        try transaction.insertNotification(
            notification(of: step, name, "alert about \(step.id)", to: step.by, text: text, [])
        )
    }

    /// Tells everyone who takes part that the renewal ended without its new key, and what each has to undo.
    func announceEnd(_ reason: String, _ kind: End) throws {
        guard let first = state.plan.steps.first else { return }
        for party in state.plan.parties.sorted(by: { $0.description < $1.description }) {
            let undo = undoing(for: party)
            let text = "The renewal is \(kind.words). The old key stays in use. \(undo)Reason: \(reason) \(context)"
            let name = "\(kind.rawValue)-\(party.role.rawValue)-\(party.organisation)"
            try transaction.insertNotification(notification(of: first, name, kind.words, to: party, text: text, []))
        }
    }

    /// How a renewal ends without its new key.
    enum End: String {
        case aborted
        case rolledBack = "rolled-back"

        /// As people read it.
        var words: String {
            switch self {
            case .aborted: "given up"
            case .rolledBack: "rolled back"
            }
        }
    }

    /// The addressee acknowledges a notification.
    mutating func acknowledge(_ notification: RenewalNotification, by actor: Actor) throws {
        if let original = try notification.remindsOf.flatMap({ try transaction.notification($0) }) {
            try acknowledge(original, by: actor)
        }
        guard notification.acknowledgedAt == nil else { return }
        try transaction.updateNotification(notification.acknowledged(by: actor.name, at: scope.now))
        guard state.progress(of: notification.step).notification == notification.id, !state.isOver else {
            return
        }
        try record(.acknowledged(step: notification.step, notification: notification.id), by: actor)
    }

    /// The name of what is written about a step; one that is done anew writes under another.
    func name(of step: PlannedStep, _ suffix: String?) -> RenewalNotification.ID {
        let repetition = state.progress(of: step.id).repetition
        let anew = repetition > 0 ? "anew-\(repetition)" : nil
        let parts = [state.id.rawValue, step.id.rawValue, anew, suffix].compactMap(\.self)
        return RenewalNotification.ID(rawValue: parts.joined(separator: "."))
    }

    func notification(
        of step: PlannedStep,
        _ suffix: String? = nil,
        _ about: String? = nil,
        to addressee: Party,
        text: String,
        _ attachments: [RenewalNotification.Attachment]
    ) -> RenewalNotification {
        RenewalNotification(
            id: name(of: step, suffix),
            renewal: state.id,
            step: step.id,
            sender: suffix == nil ? step.by : scope.tenantAdministrator,
            addressee: addressee,
            subject: "Renewal of \(state.plan.alias): \(about ?? step.id.rawValue)",
            text: text,
            attachments: attachments,
            createdAt: scope.now
        )
    }

    private func text(of step: PlannedStep) -> String {
        var parts = [step.title, context]
        if !step.flows.isEmpty { parts.append("Flows: \(step.flows.joined(separator: ", ")).") }
        parts += state.windows(of: step).map { "Agreed downtime: \($0.start.inWords) to \($0.end.inWords)." }
        if step.kind == .provideCertificate {
            parts.append("Compare the fingerprint over a second channel before you acknowledge.")
        }
        return parts.joined(separator: " ")
    }

    private var context: String {
        let versions = "version \(state.plan.oldVersion.number)\(state.newVersion.map { " to \($0.number)" } ?? "")"
        return "(Renewal \(state.id) of the key \(state.plan.alias), \(versions).)"
    }

    private func undoing(for party: Party) -> String {
        let isChanged = state.steps(.configurePartner)
            .contains { step in
                let isSingle = step.tracks.contains { state.plan.tracks[$0].variant == .single }
                return isSingle && [.claimed, .verified, .overridden].contains(state.progress(of: step.id).state)
            }
        let condition = isChanged ? ", once the partner's system is back at the old key" : ""
        let undone: [StepKind: String] = [
            .undeployFlow: "Deploy the flows again\(condition). ",
            .stopSending: "Start sending again\(condition). ",
            .configurePartner: "Keep (or go back to) the old key in your system. ",
        ]
        let own = state.plan.steps.filter { $0.by == party && state.progress(of: $0.id).state != .waiting }
        return own.compactMap { undone[$0.kind] }.joined()
    }

    private func certificateOfNewVersion() throws -> [RenewalNotification.Attachment] {
        try state.newVersion.map { try certificate(of: $0) } ?? []
    }

    /// The certificate of a version, to go with a text.
    func certificate(of id: KeyVersionID) throws -> [RenewalNotification.Attachment] {
        try transaction.version(id)?.attachments ?? []
    }
}

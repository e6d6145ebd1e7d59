import FoundationEssentials
import Keystore
import ManagementAPI
import Renewal

extension RenewalResource {
    /// A renewal as `actor` may see it: a partner's administrator sees the own organisation's tracks and steps.
    init(_ view: RenewalView, for actor: Actor) {
        let isVisible = { (organisation: String) in !actor.isPartner || organisation == actor.organisation }
        self.init(
            id: view.id.rawValue,
            alias: view.alias.rawValue,
            state: view.status.rawValue,
            oldVersion: view.oldVersion.number,
            newVersion: view.newVersion?.number,
            createdAt: view.plannedAt,
            tracks: view.tracks.filter { isVisible($0.partner.rawValue) }
                .map { Track($0, movedAt: view.movedPartners[$0.partner]) },
            steps: view.steps
                .filter { isVisible($0.organisation) || isVisible($0.to?.organisation ?? $0.organisation) }
                .map(StepResource.init)
        )
        if actor.isPartner { hideOtherPartners() }
        latestStart = view.latestStart
        exchangedAt = view.exchangedAt
        weakestProof = view.weakestProof?.rawValue
        isUnguarded = view.isUnguarded ? true : nil
        choices = PlanChoicesResource(view.choices)
        approvedBy = view.approval?.by.name
        approvedAt = view.approval?.at
    }

    /// Keeps of each step's partners and flows those of the tracks that are shown.
    private mutating func hideOtherPartners() {
        let partners = Set(tracks.map(\.partner))
        let flows = Set(tracks.flatMap(\.flows))
        for index in steps.indices {
            steps[index].partners = steps[index].partners?.filter(partners.contains)
            steps[index].flows = steps[index].flows?.filter(flows.contains)
        }
    }
}

extension RenewalResource.Track {
    init(_ track: RenewalTrack, movedAt: Date?) {
        self.init(
            useCase: track.useCase.rawValue,
            variant: track.variant.rawValue,
            partner: track.partner.rawValue,
            flows: track.flows
        )
        standing = track.standing?.rawValue
        self.movedAt = track.useCase.purpose == .sign ? movedAt : nil
    }
}

extension StepResource {
    init(_ step: StepView) {
        self.init(
            id: step.id.rawValue,
            kind: step.kind.rawValue,
            role: step.role.rawValue,
            organisation: step.organisation,
            title: step.title,
            state: step.state.rawValue,
            opensAfter: step.opensAfter.map(\.rawValue),
            needs: step.needs.map(\.rawValue),
            proof: Proof(
                minimumGrade: step.guardView.minimumGrade.rawValue,
                reachedGrade: step.guardView.reachedGrade?.rawValue,
                explanation: step.guardView.explanation,
                notBefore: step.guardView.notBefore
            )
        )
        to = step.to?.organisation
        toRole = step.to?.role.rawValue
        notification = step.notification?.rawValue
        useCases = step.useCases.map(\.rawValue)
        partners = step.partners.map(\.rawValue)
        flows = step.flows
        isPerformedBySystem = step.isPerformedBySystem ? true : nil
        certificate = step.certificatePEM
        claimedBy = step.claimedBy?.name
        claimedAt = step.claimedAt
        verifiedAt = step.settledAt
        isOverdue = step.isOverdue ? true : nil
        reason = step.reason
    }
}

extension NotificationResource {
    init(_ notification: RenewalNotification) {
        self.init(
            id: notification.id.rawValue,
            renewal: notification.renewal.rawValue,
            step: notification.step.rawValue,
            role: notification.addressee.role.rawValue,
            organisation: notification.addressee.organisation,
            text: "\(notification.subject): \(notification.fullText)",
            sentAt: notification.createdAt,
            acknowledgedAt: notification.acknowledgedAt,
            acknowledgedBy: notification.acknowledgedBy
        )
        certificate = notification.attachments.first?.certificatePEM
        fingerprint = notification.attachments.first?.fingerprint
    }
}

extension ManagementAPI.JournalEntry {
    init(_ entry: Renewal.JournalEntry) {
        self.init(
            sequence: entry.sequence,
            at: entry.at,
            actor: entry.actor.description,
            event: entry.event.name,
            step: entry.event.step?.rawValue,
            detail: entry.event.detail
        )
    }
}

import FoundationEssentials
import Keystore
import Timekeeping

extension RenewalEngine {
    /// What the link with this digest opens at this moment; `nil` when there is none.
    package func link(digest: [UInt8]) async throws -> InformLinkView? {
        let found = try await store.read { transaction -> (InformLink, RenewalNotification)? in
            guard let link = try transaction.link(digest: digest) else { return nil }
            return try transaction.notification(link.notification).map { (link, $0) }
        }
        guard let (link, notification) = found else { return nil }
        guard notification.key == nil else {
            return InformLinkView(link: link, notification: notification, now: clock.now)
        }
        let view = try await show(notification.renewal)
        let step = view.steps.first { $0.id == notification.step }
        let proposal = try await downtimes(of: notification.renewal)
            .first { $0.id == notification.step && $0.isProposal(in: notification) && !view.status.isFinal }
        return InformLinkView(
            link: link,
            notification: notification,
            step: step,
            proposal: proposal?.window,
            status: view.status,
            now: clock.now
        )
    }

    /// Acknowledges through a link, and says with it that the step is done where `claims` and the step is the reader's.
    ///
    /// In one transaction the link and all others to the same notification and role are used up. A link that is unknown,
    /// expired or used is refused.
    package func acknowledge(linkDigest: [UInt8], claims: Bool) async throws -> RenewalNotification {
        guard let view = try await link(digest: linkDigest) else { throw RenewalRefusal.unknownLink }
        let (link, id) = (view.link, view.notification.id)
        guard view.notification.key == nil else { return try await acknowledgeNotice(byLink: linkDigest) }
        _ = try await decide(on: view.notification.renewal, "acknowledgeByLink", id.rawValue, by: link.actor) {
            session in
            try session.acknowledge(byLink: linkDigest, claims: claims)
        }
        return try await store.read { try $0.notification(id) } ?? view.notification
    }
}

extension RenewalSession {
    /// The same as the person's own acknowledgement (and claim), with what the link allows as the only authority.
    mutating func acknowledge(byLink digest: [UInt8], claims: Bool) throws {
        guard
            let link = try transaction.link(digest: digest),
            let notification = try transaction.notification(link.notification)
        else { throw RenewalRefusal.unknownLink }
        guard link.usedAt == nil else { throw RenewalRefusal.usedLink(notification) }
        guard scope.now < link.expiresAt else { throw RenewalRefusal.expiredLink(notification) }
        guard link.actor.holds(notification.addressee) else {
            throw RenewalRefusal.notAddressee(notification, link.actor)
        }
        try acknowledge(notification, by: link.actor)
        if claims {
            let step = try step(notification.step)
            if step.kind == .agreeDowntime {
                // A link to an earlier proposal does not accept a later one.
                guard try downtime(of: step).isProposal(in: notification) else { throw RenewalRefusal.notByLink(step) }
                try acceptWindow(at: windowStep(step.id, for: link.actor), by: link.actor)
            } else {
                guard step.isClaimable(byLinkOf: link.actor) else { throw RenewalRefusal.notByLink(step) }
                try claim(step.id, by: link.actor, StepInput(note: "Said through the link of \(notification.id)."))
            }
        }
        try transaction.useLinks(to: notification.id, for: notification.addressee, at: scope.now)
        try transaction.audit(
            at: scope.now,
            actor: link.actor.description,
            action: "inform.linkUsed",
            subject: notification.id.rawValue,
            detail: claims ? "acknowledged, and said that \(notification.step) is done" : "acknowledged"
        )
    }
}

extension PlannedStep {
    func isClaimable(byLinkOf actor: Actor) -> Bool { kind.isClaimable(byLinkOf: actor, by, needs) }
}

extension StepView {
    func isClaimable(byLinkOf actor: Actor) -> Bool {
        kind.isClaimable(byLinkOf: actor, Party(role: role, organisation: organisation), needs)
    }
}

extension StepKind {
    /// A link carries a partner's word for what the partner did in its own system, and nothing that changes ours.
    fileprivate func isClaimable(byLinkOf actor: Actor, _ party: Party, _ needs: [StepNeed]) -> Bool {
        let kinds: Set<StepKind> = [
            .createKeyPair, .configurePartner, .stopSending, .startSending, .confirmPartner, .removeOld,
        ]
        let isPartner = party.role == .senderAdministrator || party.role == .receiverAdministrator
        return isPartner && needs.isEmpty && kinds.contains(self) && actor.holds(party)
    }
}

extension RenewalRefusal {
    static var unknownLink: RenewalRefusal {
        RenewalRefusal(
            .unknown,
            reason: "The link opens nothing.",
            remedy: "Copy it whole from the newest mail, or acknowledge with `rekey inbox`."
        )
    }

    static func usedLink(_ notification: RenewalNotification) -> RenewalRefusal {
        RenewalRefusal(
            .notClaimable,
            reason: "The link to \(notification.id) was used already; a link works once.",
            remedy: "Nothing is to be done, or look at it with `rekey inbox`."
        )
    }

    static func expiredLink(_ notification: RenewalNotification) -> RenewalRefusal {
        RenewalRefusal(
            .tooEarly,
            reason: "The link to \(notification.id) has expired.",
            remedy: "Acknowledge with `rekey inbox`, or ask the tenant administrator to send the mail again."
        )
    }

    static func notByLink(_ step: PlannedStep) -> RenewalRefusal {
        RenewalRefusal(
            .wrongRole,
            reason:
                "The step \(step.id) is not said to be done through a link: it belongs to the \(step.by), or needs more.",
            remedy: "Acknowledge alone, and do the step with `rekey renewal step`."
        )
    }
}

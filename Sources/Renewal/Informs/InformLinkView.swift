import FoundationEssentials

/// What a link opens, for the page that shows it.
package struct InformLinkView: Hashable, Sendable {
    /// Whether the link works.
    package enum State: Hashable, Sendable {
        case valid
        case used
        case expired
    }

    /// The link.
    package let link: InformLink
    /// What it acknowledges.
    package let notification: RenewalNotification
    /// Whether it works.
    package let state: State
    /// The step that its reader may say is done, in the procedure's sentence; `nil` when there is none.
    package let claimableStep: String?
    /// The downtime that its reader may accept; `nil` when there is none.
    package let proposal: DowntimeWindow?

    init(
        link: InformLink,
        notification: RenewalNotification,
        step: StepView? = nil,
        proposal: DowntimeWindow? = nil,
        status: RenewalStatus = .completed,
        now: Date
    ) {
        self.link = link
        self.notification = notification
        self.proposal = proposal
        state = link.usedAt != nil ? .used : now < link.expiresAt ? .valid : .expired
        let isOpen = step?.state == .open && !status.isFinal
        claimableStep = isOpen && step?.isClaimable(byLinkOf: link.actor) == true ? step?.title : nil
    }
}

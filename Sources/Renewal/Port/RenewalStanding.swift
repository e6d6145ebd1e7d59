package import FoundationEssentials
package import Keystore

/// Where a renewal stands: what its journal folds to, kept beside it in the same transaction.
///
/// The journal is the truth; this is what look-ups among many renewals read instead of every journal.
package struct RenewalStanding: Hashable, Sendable {
    /// The renewal.
    package let id: RenewalID
    /// What is renewed.
    package let alias: KeyAlias
    /// How far it is.
    package let status: RenewalStatus
    /// With whom, sorted.
    package let partners: [PartnerID]
    /// The flows that its downtime keeps undeployed, sorted.
    package let flowsKeptUndeployed: [String]
    /// Whether a use of the alias, as the ledger counts it, may change it.
    package let isWatchingTraffic: Bool
    /// When the scheduler has to look at it at the latest; `nil` when nothing more will happen.
    package let nextLookAt: Date?
    /// How often each alert was raised; none of a renewal that has not begun or that has ended.
    package let alerts: [RenewalAlert: Int]

    package init(
        id: RenewalID,
        alias: KeyAlias,
        status: RenewalStatus,
        partners: [PartnerID],
        flowsKeptUndeployed: [String],
        isWatchingTraffic: Bool,
        nextLookAt: Date?,
        alerts: [RenewalAlert: Int] = [:]
    ) {
        self.id = id
        self.alias = alias
        self.status = status
        self.partners = partners
        self.flowsKeptUndeployed = flowsKeptUndeployed
        self.isWatchingTraffic = isWatchingTraffic
        self.nextLookAt = nextLookAt
        self.alerts = alerts
    }

    /// The standing of a state; `look` says when the scheduler has to look again.
    package init(_ state: RenewalState, look: NextLook) {
        self.init(
            id: state.id,
            alias: state.plan.alias,
            status: state.status,
            partners: Set(state.plan.tracks.map(\.partner)).sorted(),
            flowsKeptUndeployed: state.flowsKeptUndeployed.sorted(),
            isWatchingTraffic: look.isWatchingTraffic && !state.isOver,
            nextLookAt: state.isOver && !state.isRestoring ? nil : look.at,
            alerts: state.status.isFinal || state.status == .planned ? [:] : state.alerts
        )
    }
}

/// When the scheduler has to look at a renewal again.
package struct NextLook: Hashable, Sendable {
    /// At the latest then.
    package var at: Date
    /// And as soon as the ledger counts a use of the alias.
    package var isWatchingTraffic = false

    package init(at: Date) {
        self.at = at
    }
}

/// Which renewals to find; every demand that is not `nil` has to be met.
package struct RenewalQuery: Hashable, Sendable {
    /// Of this alias.
    package var alias: KeyAlias?
    /// With this partner.
    package var partner: PartnerID?
    /// That keep this flow undeployed.
    package var flowKeptUndeployed: String?
    /// In one of these states; every state when empty.
    package var statuses: Set<RenewalStatus> = []
    /// Planned after this one.
    package var after: RenewalID?
    /// At most so many, in the order in which they were planned.
    package var limit = Int.max

    /// Every renewal.
    package init() {}
}

extension RenewalQuery {
    /// The renewals of an alias.
    package static func of(_ alias: KeyAlias) -> RenewalQuery {
        var query = RenewalQuery()
        query.alias = alias
        return query
    }

    /// The renewals that hold an alias, so that no other exchange of it may begin.
    package static func holding(_ alias: KeyAlias) -> RenewalQuery {
        var query = of(alias)
        query.statuses = Set(RenewalStatus.allCases.filter(\.holdsAlias))
        return query
    }

    /// The renewals whose downtime keeps a flow undeployed.
    package static func keepingUndeployed(_ flow: String) -> RenewalQuery {
        var query = RenewalQuery()
        query.flowKeptUndeployed = flow
        return query
    }
}

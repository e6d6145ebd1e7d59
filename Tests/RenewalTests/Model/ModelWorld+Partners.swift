import Keystore
import Renewal

/// What partners do to their own systems.
extension ModelWorld {
    /// Does what a step that is open asks of the partner's system, before its administrator says so; or only says so.
    func play(_ step: PlannedStep, of state: RenewalState, isHonest: Bool = true) throws {
        guard step.by.organisation != "tenant" else { return }
        for track in step.tracks.map({ state.plan.tracks[$0] }) {
            switch step.kind {
            case .stopSending: partners.setSilent(track.partner, true)
            case .startSending: try startSending(track.partner)
            case .configurePartner:
                for usage in usages(of: track, state) {
                    let change = change(of: usage, track, state)
                    if isHonest { partners.carryOut(change) } else { partners.promise(change) }
                }
            case .removeOld:
                for usage in usages(of: track, state) { partners.remove(state.plan.oldVersion, from: usage) }
            default: break
            }
        }
    }

    /// What was said in renewals that are under way is done at last.
    func keepPromises() throws {
        let contents = store.contents
        try partners.keepPromises { try !contents.renewal($0.renewal).status.isFinal }
    }

    func usages(of track: RenewalTrack, _ state: RenewalState) -> [KeyUsage] {
        topology.usages(of: state.plan.alias).filter { $0.partner == track.partner && $0.useCase == track.useCase }
    }

    private func change(of usage: KeyUsage, _ track: RenewalTrack, _ state: RenewalState) -> ModelPartners.Change {
        ModelPartners.Change(
            renewal: state.id,
            usage: usage,
            new: newVersion(of: state),
            keepsOld: track.variant == .dual
        )
    }

    /// A sender starts again with the keys of renewals that were given up as they had been.
    func startSending(_ partner: PartnerID) throws {
        let contents = store.contents
        for id in contents.order {
            let state = try contents.renewal(id)
            guard [.aborted, .rolledBack].contains(state.status), compromised[state.plan.oldVersion] == nil else {
                continue
            }
            for track in state.plan.tracks where track.partner == partner && track.variant != .only {
                for usage in usages(of: track, state) {
                    partners.goBack(usage, from: newVersion(of: state), to: state.plan.oldVersion)
                }
            }
        }
        partners.setSilent(partner, false)
    }

    /// A partner's own new key pair is in its system before the tenant has the certificate.
    func newVersion(of state: RenewalState) -> KeyVersionID {
        if let new = state.newVersion { return new }
        let last = store.contents.versions[state.plan.alias]?.map(\.id.number).max() ?? 0
        return KeyVersionID(alias: state.plan.alias, number: last + 1)
    }
}

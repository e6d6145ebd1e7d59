import Keystore
import Renewal

/// What partners make of what the tenant decided without asking them.
extension ModelWorld {
    /// Follows what the journals say since it was last looked at, and which versions are compromised since.
    func followEvents() throws {
        let contents = store.contents
        for id in contents.order {
            let journal = contents.journals[id] ?? []
            for entry in journal.dropFirst(followed[id] ?? 0) { try follow(entry, contents.renewal(id)) }
            followed[id] = journal.count
        }
        for version in contents.versions.values.flatMap(\.self) where version.state == .compromised {
            noteCompromise(of: version.id, contents)
        }
    }

    private func follow(_ entry: JournalEntry, _ state: RenewalState) throws {
        switch entry.event {
        case .takenBack(let step, let partner, _, _):
            let again = state.plan.steps(inDowntime: step)
            try goBack(partner, in: state, from: done[entry.renewal]?.intersection(again) ?? [])
            done[entry.renewal]?.subtract(again)
            if try !isToBeSilent(partner) { partners.setSilent(partner, false) }
        case .rolledBack, .aborted:
            // Whoever acted and did not get to say so reads that the old key stays.
            guard entry.actor.role == .system else { return }
            for partner in Set(state.plan.tracks.map(\.partner)) {
                try goBack(partner, in: state, from: done[entry.renewal] ?? [])
            }
        default: break
        }
    }

    private func goBack(_ partner: PartnerID, in state: RenewalState, from steps: Set<StepID>) throws {
        guard compromised[state.plan.oldVersion] == nil else { return }
        for step in state.steps(.configurePartner) where steps.contains(step.id) {
            for track in step.tracks.map({ state.plan.tracks[$0] })
            where track.partner == partner && track.variant != .only {
                for usage in usages(of: track, state) {
                    partners.goBack(usage, from: newVersion(of: state), to: state.plan.oldVersion)
                }
            }
        }
    }

    /// Whether a renewal under way still needs a sender to be silent.
    private func isToBeSilent(_ partner: PartnerID) throws -> Bool {
        let contents = store.contents
        return try contents.order.contains { id in
            let state = try contents.renewal(id)
            let isBegun = { (kind: StepKind) in
                state.steps(kind)
                    .contains { step in
                        step.tracks.contains { state.plan.tracks[$0].partner == partner }
                            && ![.waiting, .open].contains(state.progress(of: step.id).state)
                    }
            }
            return !state.isOver && isBegun(.stopSending) && !isBegun(.startSending)
        }
    }

    /// People deploy the flows, and senders start, that no renewal needs to stand still any more.
    func resume() async throws {
        for flow in topology.flows.map(\.name) where !store.contents.deployed.contains(flow) {
            guard try await engine.renewal(keepingUndeployed: flow) == nil else { continue }
            try? await node.deploy(flow: flow)
        }
        for partner in topology.capabilities.keys.sorted() where partners.isSilent(partner) {
            if try !isToBeSilent(partner) { try startSending(partner) }
        }
    }
}

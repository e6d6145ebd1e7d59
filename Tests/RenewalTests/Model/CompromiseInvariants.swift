import Keystore
import Renewal

/// What holds from the moment on at which a version was given up.
struct CompromiseInvariants {
    let world: ModelWorld

    /// Throws ``Unsound`` with the first that does not hold.
    func check(_ contents: MemoryState) throws {
        guard !world.compromised.isEmpty else { return }
        for (id, uses) in world.compromised { try check(id, uses, contents) }
        for renewal in contents.order {
            let state = try contents.renewal(renewal)
            let concerned = [state.plan.oldVersion] + [state.newVersion].compactMap(\.self)
            guard state.startedAt != nil, !state.isOver else { continue }
            if let id = concerned.first(where: { world.compromised[$0] != nil }) {
                throw Unsound(what: "compromise: \(renewal) goes on with \(id)")
            }
        }
    }

    private func check(_ id: KeyVersionID, _ uses: [MemoryState.Use: Int], _ contents: MemoryState) throws {
        let state = contents.versions[id.alias]?.first { $0.id == id }?.state
        guard state == .compromised || state == .destroyed else {
            throw Unsound(what: "compromise: \(id) is \(state?.rawValue ?? "gone") again")
        }
        guard !contents.assignments.contains(where: { $0.version == id }) else {
            throw Unsound(what: "compromise: \(id) is left assigned")
        }
        for (use, count) in contents.uses where use.version == id && count.succeeded > uses[use] ?? 0 {
            throw Unsound(what: "compromise: \(id) was used to \(use.purpose.rawValue) on \(use.flow) afterwards")
        }
        for usage in world.topology.usages(of: id.alias) {
            if world.node.canary(for: usage)?.version == id {
                throw Unsound(what: "compromise: \(id) is still tried out with \(usage.partner)")
            }
            let isTold = contents.notifications.contains {
                $0.addressee.organisation == usage.partner.rawValue && $0.text.contains("\(id)")
                    && $0.text.contains("is compromised")
            }
            guard isTold else { throw Unsound(what: "compromise: \(usage.partner) was not told of \(id)") }
        }
    }
}

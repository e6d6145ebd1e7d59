import Foundation
import Keystore
import Renewal
import TestSupport

extension ModelWorld {
    /// What a number of messages did with one version.
    private struct Outcome {
        let usage: KeyUsage
        let version: KeyVersionID
        var taken = 0
        var refused = 0
    }

    /// Messages on every flow that serves and whose sender sends; a use that one end cannot handle is a loss.
    func traffic(_ count: Int) throws {
        let (outcomes, flows, now) = (try outcomes(of: count), servingFlows, clock.now)
        store.change { state in
            for flow in flows { state.arrivals[flow] = now }
            for outcome in outcomes where outcome.taken + outcome.refused > 0 {
                let use = MemoryState.Use(
                    version: outcome.version,
                    purpose: outcome.usage.purpose,
                    partner: outcome.usage.partner,
                    flow: outcome.usage.flow
                )
                let tally = KeyUseTally(
                    succeeded: outcome.taken,
                    failed: outcome.refused,
                    firstAt: now,
                    lastAt: now,
                    lastSucceededAt: outcome.taken > 0 ? now : nil
                )
                state.uses[use, default: KeyUseTally()].add(tally)
            }
            for alias in Set(outcomes.map(\.usage.alias)) { Self.wake(alias, &state) }
        }
    }

    private var servingFlows: [String] {
        let deployed = store.contents.deployed
        return topology.flows.filter { deployed.contains($0.name) && !partners.isSilent($0.sender) }.map(\.name)
    }

    private func outcomes(of count: Int) throws -> [Outcome] {
        let (transaction, flows) = (MemoryRenewalTransaction(store.contents), servingFlows)
        return try topology.usages.filter { flows.contains($0.flow) }
            .flatMap { usage in
                switch usage.purpose {
                case .sign, .encrypt: try protected(usage, count, transaction)
                case .verify, .decrypt: try processed(usage, count, transaction)
                }
            }
    }

    /// Messages that the partner protects with the newest version that it uses.
    private func processed(
        _ usage: KeyUsage,
        _ count: Int,
        _ transaction: MemoryRenewalTransaction
    ) throws -> [Outcome] {
        guard let version = partners.versions(of: usage).max() else {
            lose(usage, "nothing to \(usage.purpose.rawValue) with: \(usage.alias) on \(usage.flow)")
            return []
        }
        let isAccepted = try transaction.version(version)?.state.canProcess == true
        if !isAccepted { lose(version, usage) }
        return [Outcome(usage: usage, version: version, taken: isAccepted ? count : 0, refused: isAccepted ? 0 : count)]
    }

    /// Messages that the tenant protects, a share of them with a version on trial: what of that is refused goes out again.
    private func protected(
        _ usage: KeyUsage,
        _ count: Int,
        _ transaction: MemoryRenewalTransaction
    ) throws -> [Outcome] {
        let handled = partners.versions(of: usage)
        var (outcomes, rest): ([Outcome], Int) = ([], count)
        if let canary = node.canary(for: usage), try transaction.version(canary.version)?.state == .staged {
            let (share, isTaken) = (max(1, count * canary.permille / 1000), handled.contains(canary.version))
            outcomes.append(
                Outcome(usage: usage, version: canary.version, taken: isTaken ? share : 0, refused: isTaken ? 0 : share)
            )
            if isTaken { rest -= share }
        }
        let protecting = try transaction.versions(of: usage.alias).map(\.id)
            .filter { try transaction.protects($0, for: usage.partner) }
        if protecting.isEmpty {
            lose(usage, "nothing to \(usage.purpose.rawValue) with: \(usage.alias) on \(usage.flow)")
        }
        let isTaken = protecting.contains(where: handled.contains)
        if !isTaken, let newest = protecting.max() { try refuse(newest, usage) }
        return outcomes
            + protecting.map {
                Outcome(usage: usage, version: $0, taken: isTaken ? rest : 0, refused: isTaken ? 0 : rest)
            }
    }

    /// A partner that said that it handles the version has its messages kept for it, as long as nothing was proved by them.
    private func refuse(_ version: KeyVersionID, _ usage: KeyUsage) throws {
        guard partners.hasPromised(usage, toHandle: version) else { return lose(version, usage) }
        let contents = store.contents
        for id in contents.order {
            let state = try contents.renewal(id)
            guard state.newVersion == version else { continue }
            let exchanges = state.steps(.exchange)
                .filter { step in
                    step.tracks.contains { state.plan.tracks[$0].covers(usage) }
                }
            for exchange in exchanges where state.progress(of: exchange.id).state == .verified {
                lose(usage, "\(version) is proved by traffic, and \(usage.partner) refuses it on \(usage.flow)")
            }
        }
    }

    private func lose(_ version: KeyVersionID, _ usage: KeyUsage) {
        lose(usage, "\(version) to \(usage.purpose.rawValue) on \(usage.flow) with \(usage.partner)")
    }

    /// What the ledger's trigger does.
    private static func wake(_ alias: KeyAlias, _ state: inout MemoryState) {
        for (id, standing) in state.standings where standing.alias == alias && standing.isWatchingTraffic {
            state.standings[id] = RenewalStanding(
                id: id,
                alias: alias,
                status: standing.status,
                partners: standing.partners,
                flowsKeptUndeployed: standing.flowsKeptUndeployed,
                isWatchingTraffic: true,
                nextLookAt: .distantPast,
                alerts: standing.alerts
            )
        }
    }
}

extension RenewalTrack {
    fileprivate func covers(_ usage: KeyUsage) -> Bool {
        useCase == usage.useCase && partner == usage.partner && flows.contains(usage.flow)
    }
}

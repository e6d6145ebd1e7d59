import Foundation
import ManagementAPI

/// Carries a renewal that goes another way out under live traffic, and counts the messages.
struct DepartureRun {
    private static let patience = Duration.seconds(60)

    private let departure: DrillDeparture
    private let stage: Stage
    private let progress: DrillProgress

    init(_ departure: DrillDeparture, stage: Stage, progress: DrillProgress) {
        self.departure = departure
        self.stage = stage
        self.progress = progress
    }

    /// Carries it out; throws when the tenant does not do what it must.
    func row() async throws -> ProcedureRow {
        let procedure = departure.procedure
        progress.say("\(procedure.title), \(departure.title): begins")
        let traffic = Traffic(stage: stage)
        let count = try await TrafficCount(lanes: procedure.lanes, stage: stage)
        try await traffic.wait(forMore: 10, in: procedure.lane)
        let before = try await stage.administrator.key(procedure.alias).activeVersion
        var run = try await ProcedureRun(procedure, stage: stage, progress: progress)
        let ended =
            switch departure {
            case .rolledBack: try await rollBack(&run)
            case .neverAnswered: try await giveUp(&run)
            case .canaryRefused: try await CanaryRehearsal(departure, stage: stage, progress: progress).carryOut(&run)
            case .compromised: try await compromise(&run)
            }
        try await traffic.wait(forMore: 10, in: procedure.lane)
        let outcome = try await count.finish(stage: stage)
        let expected = departure.endsWithNewKey ? ended.newVersion : before
        guard try await stage.administrator.key(procedure.alias).activeVersion == expected else {
            throw DrillError("not the right key of \(procedure.alias) is the active one after \(departure.title)")
        }
        if let loss = outcome.firstLoss { progress.say("\(procedure.title): lost: \(loss)") }
        let record = ProcedureRecord(of: run, ended: ended, ledger: try await stage.administrator.ledger())
        return ProcedureRow(record, outcome, departing: departure)
    }

    private func rollBack(_ run: inout ProcedureRun) async throws -> RenewalResource {
        let exchanged = try await run.run { $0.exchangedAt != nil }
        try await Traffic(stage: stage).wait(forMore: 10, in: departure.procedure.lane)
        return try await stage.administrator.rollBack(exchanged.id, GiveReason(reason: "rehearsal"))
    }

    /// Two persons give the old version up; the staged one, which the partner handles already, takes its place at once.
    private func compromise(_ run: inout ProcedureRun) async throws -> RenewalResource {
        let ready = try await run.run { renewal in
            renewal.steps.contains { $0.kind == "exchange" && $0.state == "open" }
        }
        let api = stage.administrator
        let word = CompromiseKey(version: ready.oldVersion ?? 1, reason: "rehearsal")
        var answer = try await api.compromise(ready.alias, word)
        guard answer.successor == ready.newVersion else {
            throw DrillError("the staged version does not take the compromised one's place")
        }
        if !answer.done { answer = try await stage.api(Desk.approver).compromise(ready.alias, word) }
        let ended = try await api.renewal(ready.id)
        guard answer.done, ended.state == "compromised" else {
            throw DrillError("the renewal is \(ended.state) after its old key was given up")
        }
        return ended
    }

    /// The partner is reminded, the exchange stays refused, and the tenant's administrator gives the renewal up.
    private func giveUp(_ run: inout ProcedureRun) async throws -> RenewalResource {
        let isWaiting = { (renewal: RenewalResource) in
            renewal.steps.contains { $0.kind == "configurePartner" && $0.state == "open" }
        }
        let waiting = try await run.run(until: isWaiting)
        let id = waiting.id
        try await Traffic(stage: stage)
            .pause { try await stage.timeMachine.travel(to: stage.timeMachine.now.addingTimeInterval(30 * 86_400)) }
        try await Patience.wait(for: "the partner's step to be overdue", within: Self.patience) {
            try await stage.administrator.renewal(id).steps
                .contains { $0.kind == "configurePartner" && $0.isOverdue == true }
        }
        guard let exchange = waiting.steps.first(where: { $0.kind == "exchange" }) else {
            throw DrillError("\(departure.procedure.title) has no exchange")
        }
        let api = stage.administrator
        try await run.mustRefuse("exchange without the partner") { () async throws(ManagementError) in
            _ = try await api.claim(exchange.id, of: id)
        }
        let partner = departure.procedure.parts.map(\.partner)
        let desk = stage.desks.first { partner.contains($0.organisation) } ?? .administrator
        guard
            try await stage.api(desk).notifications()
                .contains(where: { $0.renewal == id && $0.text.contains("verdue") })
        else { throw DrillError("\(desk.organisation) was not reminded") }
        return try await api.abort(id, GiveReason(reason: "the partner does not answer"))
    }
}

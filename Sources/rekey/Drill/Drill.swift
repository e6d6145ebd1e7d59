import Foundation
import ManagementAPI
import Server

/// The rehearsal: the procedures one after the other under live traffic, then one more with crashes, then the invariants.
struct Drill {
    /// What is carried out, in this order.
    let procedures: [DrillProcedure]
    /// The renewal to carry out once more while the tenant is killed; nil for none.
    let crashed: DrillProcedure?
    /// What goes another way, after the procedures.
    var departures: [DrillDeparture] = []
    /// The systems, opened.
    let stage: Stage
    /// Where it says what it does.
    let progress: DrillProgress

    /// Carries everything out.
    func report() async throws -> DrillReport {
        let aliases = try await namedAliases()
        try await Traffic(stage: stage).start()
        var report = DrillReport()
        var records: [ProcedureRecord] = []
        for procedure in procedures {
            let (row, record) = try await carryOut(procedure)
            report.procedures.append(row)
            records.append(record)
        }
        for departure in departures {
            report.procedures.append(try await DepartureRun(departure, stage: stage, progress: progress).row())
        }
        if let crashed { report.crash = try await carryOutWithCrashes(crashed) }
        try await Traffic(stage: stage).stop()
        let page = try await stage.administrator.metrics()
        report.missingMetrics = MetricCatalogue.names.filter { !page.contains("# TYPE \($0) ") }
        report.invariants = try await InvariantCheck(
            rows: report.procedures,
            records: records,
            crash: report.crash,
            keys: stage.administrator.keys(),
            ledger: stage.administrator.ledger(),
            times: PermittedTimes(of: stage),
            audit: wholeAudit(),
            aliases: (aliases, namedAliases())
        )
        .all
        report.elapsedSeconds = progress.elapsedSeconds
        return report
    }

    private func carryOut(_ procedure: DrillProcedure) async throws -> (ProcedureRow, ProcedureRecord) {
        progress.say("\(procedure.title): begins")
        let traffic = Traffic(stage: stage)
        let count = try await TrafficCount(lanes: procedure.lanes, stage: stage)
        try await traffic.wait(forMore: 10, in: procedure.lane)
        var run = try await ProcedureRun(procedure, stage: stage, progress: progress)
        let begun = try await run.run { $0.steps.contains { $0.state == "open" } }
        try await run.tryForeignClaim(begun, stage: stage)
        let retaining = try await run.run { $0.state == "retaining" || $0.state == "completed" }
        try await run.tryEarlyDestroy(retaining, stage: stage)
        let token = procedure.isOfTenantsKey ? stage.token : nil
        let isOldKept = try token.map { try TokenKeys.isOldThere(retaining, in: $0) } ?? false
        let ended = try await run.run()
        try await traffic.wait(forMore: 10, in: procedure.lane)
        let outcome = try await count.finish(stage: stage)
        let record = ProcedureRecord(
            of: run,
            ended: ended,
            ledger: try await stage.administrator.ledger(),
            tokenKeys: try token.map { try TokenKeys(ended: ended, isOldKept: isOldKept, in: $0) }
        )
        if let loss = outcome.firstLoss { progress.say("\(procedure.title): lost: \(loss)") }
        return (ProcedureRow(record, outcome), record)
    }

    private func carryOutWithCrashes(_ procedure: DrillProcedure) async throws -> CrashRow {
        progress.say("\(procedure.title): begins once more, with the tenant killed at every step")
        let crash = CrashMaker()
        let count = try await TrafficCount(lanes: procedure.lanes, stage: stage)
        var run = try await ProcedureRun(procedure, stage: stage, progress: progress, crash: crash)
        _ = try await run.run()
        try await Traffic(stage: stage).wait(forMore: 10, in: procedure.lane)
        let outcome = try await count.finish(stage: stage)
        if let loss = outcome.firstLoss { progress.say("\(procedure.title): lost: \(loss)") }
        return CrashRow(
            case: procedure.useCase,
            variant: procedure.variant,
            kills: crash.kills,
            sent: outcome.sent,
            answered: outcome.answered,
            refused: outcome.refused,
            lost: outcome.lost
        )
    }

    private func namedAliases() async throws -> Set<String> {
        try await Set(stage.administrator.flows().flatMap { $0.uses.map(\.alias) })
    }

    private func wholeAudit() async throws -> [AuditResource] {
        var entries: [AuditResource] = []
        while true {
            let page = try await stage.administrator.audit(after: entries.last?.sequence ?? 0)
            guard !page.isEmpty else { return entries }
            entries += page
        }
    }
}

extension ProcedureRow {
    /// The row of a procedure that is over.
    init(_ record: ProcedureRecord, _ outcome: TrafficCount.Outcome, departing: DrillDeparture? = nil) {
        self.init(
            case: record.procedure.useCase,
            variant: [record.procedure.variant, departing?.title].compactMap(\.self).joined(separator: ", "),
            sent: outcome.sent,
            answered: outcome.answered,
            refused: outcome.refused,
            held: record.window.held,
            lost: outcome.lost,
            downtimeSeconds: record.window.seconds,
            weakestProof: record.weakestProof,
            lastOldAt: record.lastOldAt,
            firstNewAt: record.firstNewAt
        )
    }
}

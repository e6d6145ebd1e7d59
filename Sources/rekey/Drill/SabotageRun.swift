import Foundation
import ManagementAPI

/// Carries a sabotage out under live traffic and tells what came of it.
struct SabotageRun {
    /// What is done wrong.
    let sabotage: Sabotage
    /// The systems, opened.
    let stage: Stage
    /// Where it says what it does.
    let progress: DrillProgress

    /// Brings the procedure to the point, makes the wrong moves, counts the messages.
    func report() async throws -> SabotageReport {
        let procedure = sabotage.procedure
        let traffic = Traffic(stage: stage)
        try await traffic.start()
        let count = try await TrafficCount(lanes: procedure.lanes, stage: stage)
        try await traffic.wait(forMore: 10, in: procedure.lane)
        var run = try await ProcedureRun(procedure, stage: stage, progress: progress)
        let attempts = try await wrongMoves(&run)
        try await traffic.wait(forMore: 20, in: procedure.lane)
        let outcome = try await count.finish(stage: stage)
        return SabotageReport(
            sabotage: sabotage.rawValue,
            attempts: attempts,
            sent: outcome.sent,
            kept: outcome.kept,
            lost: outcome.lost,
            firstLoss: outcome.firstLoss
        )
    }

    private func wrongMoves(_ run: inout ProcedureRun) async throws -> [SabotageReport.Attempt] {
        switch sabotage {
        case .earlyExchange, .unguarded: try await exchangeEarly(&run)
        case .earlyDestroy: try await destroyEarly(&run)
        case .earlyRemoval: try await removeEarly(&run)
        case .wrongRole: try await actForOthers(&run)
        }
    }

    private func exchangeEarly(_ run: inout ProcedureRun) async throws -> [SabotageReport.Attempt] {
        let renewal = try await run.run { Self.hasNewVersion($0) }
        var attempts = [
            try await attempt(sabotage.title, step: "exchange", of: renewal, by: Desk.administrator)
        ]
        if sabotage == .earlyExchange {
            attempts.append(
                await attempt("exchange outside of the renewal") { () async throws(ManagementError) in
                    _ = try await stage.administrator.exchange(renewal.alias, ExchangeKey(reason: "rehearsal"))
                }
            )
        }
        return attempts
    }

    private func destroyEarly(_ run: inout ProcedureRun) async throws -> [SabotageReport.Attempt] {
        let renewal = try await run.run { $0.state == "retaining" }
        let version = renewal.oldVersion ?? 1
        return [
            try await attempt(sabotage.title, step: "destroy", of: renewal, by: Desk.administrator),
            await attempt("destroy version \(version) outside of the renewal") { () async throws(ManagementError) in
                let request = DestroyKey(version: version, reason: "rehearsal")
                _ = try await stage.administrator.destroy(renewal.alias, request)
                _ = try await stage.api(Desk.approver).destroy(renewal.alias, request)
            },
        ]
    }

    private func removeEarly(_ run: inout ProcedureRun) async throws -> [SabotageReport.Attempt] {
        let renewal = try await run.run { renewal in
            let verified = Set(renewal.steps.filter { $0.state == "verified" }.map(\.id))
            return renewal.steps.contains { step in
                step.kind == "removeOld" && step.organisation == "tenant" && verified.isSuperset(of: step.opensAfter)
            }
        }
        return [try await attempt(sabotage.title, step: "removeOld", of: renewal, by: Desk.administrator)]
    }

    private func actForOthers(_ run: inout ProcedureRun) async throws -> [SabotageReport.Attempt] {
        let renewal = try await run.run { $0.steps.contains { $0.kind == "configurePartner" && $0.state == "open" } }
        let sender = Desk.all.first { $0.organisation == Lane.dual.sender } ?? Desk.administrator
        let otherReceiver = Desk.all.first { $0.organisation == Lane.single.receiver } ?? Desk.administrator
        return [
            try await attempt(
                "the integration developer exchanges the key pair",
                step: "exchange",
                of: renewal,
                by: Desk.developer
            ),
            try await attempt(
                "the sender administrator says that the receiver system is configured",
                step: "configurePartner",
                of: renewal,
                by: sender
            ),
            try await attempt(
                "another receiver's administrator says that this receiver system is configured",
                step: "configurePartner",
                of: renewal,
                by: otherReceiver
            ),
        ]
    }

    private static func hasNewVersion(_ renewal: RenewalResource) -> Bool {
        renewal.newVersion != nil && renewal.steps.contains { $0.kind == "createKeyPair" && $0.state == "verified" }
    }

    /// Claims the tenant's first step of `kind`, or the partner's where only the partner has one.
    private func attempt(
        _ title: String,
        step kind: String,
        of renewal: RenewalResource,
        by desk: Desk
    ) async throws -> SabotageReport.Attempt {
        let steps = renewal.steps.filter { $0.kind == kind && !["verified", "skipped"].contains($0.state) }
        guard let step = steps.first(where: { $0.organisation == "tenant" }) ?? steps.first else {
            throw DrillError("the renewal has no step to \(title)")
        }
        return await attempt(title) { () async throws(ManagementError) in
            _ = try await stage.api(desk).claim(step.id, of: renewal.id)
        }
    }

    private func attempt(
        _ title: String,
        _ act: () async throws(ManagementError) -> Void
    ) async -> SabotageReport.Attempt {
        progress.say("tries: \(title)")
        do {
            try await act()
            return SabotageReport.Attempt(attempt: title, refused: false, reason: nil, remedy: nil)
        } catch .refused(let problem) {
            return SabotageReport.Attempt(
                attempt: title,
                refused: true,
                reason: problem.detail,
                remedy: problem.remedy
            )
        } catch {
            return SabotageReport.Attempt(attempt: title, refused: false, reason: error.description, remedy: nil)
        }
    }
}

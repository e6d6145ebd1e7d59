import ArgumentParser
import Foundation

/// `rekey drill`: rehearses the renewals between running systems.
struct DrillCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drill",
        abstract: "Rehearses every renewal procedure under live traffic and shows that no message was lost.",
        discussion: """
            Starts a tenant, two senders and two receivers as processes on loopback, lets signed and encrypted SOAP messages \
            flow, and carries the nine procedures out through the management API in the tokens of the four roles. Only the \
            clock is simulated. Ends with status 1 when a message was lost or an invariant does not hold.

            --all carries out the eight cases in all variants, a roll back, a partner that never answers, and the renewal of \
            one key that signs for three senders and three receivers of mixed capabilities and decrypts for all of them.
            """
    )
    @Option(help: "Carry out only this case, such as TenantSignsOutboundRequest; may be repeated.")
    var only: [String] = []

    @Flag(help: "Carry out all that there is, not only the procedures of the seeds.")
    var all = false

    @Option(help: "Messages per second that each of the two senders starts on each of its two flows.")
    var rate = 10.0

    @Option(help: "Do a thing in a wrong order: \(Sabotage.allCases.map(\.rawValue).joined(separator: ", ")).")
    var sabotage: Sabotage?

    @Flag(help: "Leave out the renewal during which the tenant is killed.")
    var skipCrash = false

    @Flag(help: "Keep the folder with configuration, database and logs, and name it.")
    var keep = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        let known = Set(DrillProcedure.all.map(\.useCase))
        if let unknown = only.first(where: { !known.contains($0) }) {
            throw ValidationError("no such case: \(unknown); known are \(known.sorted().joined(separator: ", "))")
        }
        guard rate > 0, rate <= 200 else {
            throw ValidationError("--rate takes more than 0 and at most 200 per second")
        }
    }

    func run() async throws {
        let progress = DrillProgress()
        if let sabotage {
            let report = try await on(Lane.separate, progress) { stage in
                try await SabotageRun(sabotage: sabotage, stage: stage, progress: progress).report()
            }
            try output.show(report, as: \.text)
            return try end(report.isGood)
        }
        var report = DrillReport()
        for part in parts {
            report.add(
                try await on(part.lanes, progress) { stage in
                    try await Drill(
                        procedures: part.procedures,
                        crashed: skipCrash ? nil : part.crashed,
                        departures: part.departures,
                        stage: stage,
                        progress: progress
                    )
                    .report()
                }
            )
        }
        try output.show(report) { DrillTable(report: $0).text }
        try end(report.isGood)
    }

    private func end(_ isGood: Bool) throws {
        if !isGood { throw ExitCode(ExitStatus.refused.rawValue) }
    }

    /// Opens the systems of `lanes`, and closes them whatever happens.
    private func on<Report>(
        _ lanes: [Lane],
        _ progress: DrillProgress,
        _ rehearse: (Stage) async throws -> Report
    ) async throws -> Report {
        let stage = try Stage(lanes: lanes, rate: rate, unguarded: sabotage == .unguarded)
        do {
            try await stage.open()
            progress.say("tenant, senders and receivers run; files in \(stage.folder.path)")
            let report = try await rehearse(stage)
            await stage.close(keepFiles: keep)
            return report
        } catch {
            await stage.close(keepFiles: true)
            throw Failure("\(error)", hint: "logs of the systems are in \(stage.folder.path)")
        }
    }

    /// What is carried out on systems of its own: each part fits into the life of the certificates that it makes.
    private struct Part {
        var lanes = Lane.separate
        var procedures: [DrillProcedure]
        var crashed: DrillProcedure?
        var departures: [DrillDeparture] = []
    }

    private var parts: [Part] {
        if all, only.isEmpty {
            return [
                Part(procedures: DrillProcedure.seeds, crashed: DrillProcedure.seeds.last),
                Part(procedures: DrillProcedure.siblings, departures: DrillDeparture.allCases),
                Part(lanes: Lane.mixed, procedures: [.composite]),
            ]
        }
        let known = only.isEmpty ? DrillProcedure.seeds : DrillProcedure.all
        let procedures = known.filter { only.isEmpty || only.contains($0.useCase) }
        return [Part(procedures: procedures, crashed: procedures.last)]
    }
}

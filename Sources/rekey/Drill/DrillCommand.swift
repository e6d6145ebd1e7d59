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
            """
    )
    @Option(help: "Carry out only this case, such as TenantSignsOutboundRequest; may be repeated.")
    var only: [String] = []

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
        let stage = try Stage(rate: rate, unguarded: sabotage == .unguarded)
        do {
            try await stage.open()
            progress.say("tenant, senders and receivers run; files in \(stage.folder.path)")
            let isGood = try await rehearse(on: stage, progress)
            await stage.close(keepFiles: keep)
            if !isGood { throw ExitCode(ExitStatus.refused.rawValue) }
        } catch let error as ExitCode {
            throw error
        } catch {
            await stage.close(keepFiles: true)
            throw Failure("\(error)", hint: "logs of the systems are in \(stage.folder.path)")
        }
    }

    private func rehearse(on stage: Stage, _ progress: DrillProgress) async throws -> Bool {
        if let sabotage {
            let report = try await SabotageRun(sabotage: sabotage, stage: stage, progress: progress).report()
            try output.show(report, as: \.text)
            return report.isGood
        }
        let procedures = DrillProcedure.all.filter { only.isEmpty || only.contains($0.useCase) }
        let crashed = skipCrash ? nil : procedures.last
        let drill = Drill(procedures: procedures, crashed: crashed, stage: stage, progress: progress)
        let report = try await drill.report()
        try output.show(report) { DrillTable(report: $0).text }
        return report.isGood
    }
}

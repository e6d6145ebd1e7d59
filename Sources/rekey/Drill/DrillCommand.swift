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

            --all carries out the eight cases in all variants; encryption for two recipients instead of a downtime; a roll \
            back; a partner that never answers; one that says what is not so, found out by a probe and a canary; a key that \
            becomes known to others; and the renewal of one key that signs for three senders and three receivers of mixed \
            capabilities and decrypts for all of them, all at once and one by one. --only takes, besides the cases, \
            TwoRecipients, RolledBack, NeverAnswered, CanaryRefused, Compromised, Composite and OneByOne.
            """
    )
    @Option(
        help: "Carry out only this case, such as TenantSignsOutboundRequest, or this one of --all; may be repeated."
    )
    var only: [String] = []

    @Flag(help: "Carry out all that there is, not only the nine procedures.")
    var all = false

    @Option(help: "Messages per second that each of the two senders starts on each of its two flows.")
    var rate = 10.0

    @Option(help: "Do a thing in a wrong order: \(Sabotage.allCases.map(\.rawValue).joined(separator: ", ")).")
    var sabotage: Sabotage?

    @Flag(help: "Leave out the renewal during which the tenant is killed.")
    var skipCrash = false

    @Flag(
        name: .customLong("in-token"),
        help: "Keep the tenant's private keys in a PKCS #11 token, which SoftHSM makes for the rehearsal."
    )
    var isInToken = false

    @Flag(help: "Keep the folder with configuration, database and logs, and name it.")
    var keep = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        let known = Self.parts.reduce(into: Set<String>()) { $0.formUnion($1.names) }
        if let unknown = only.first(where: { !known.contains($0) }) {
            throw ValidationError("nothing is called \(unknown); known are \(known.sorted().joined(separator: ", "))")
        }
        guard rate > 0, rate <= 200 else {
            throw ValidationError("--rate takes more than 0 and at most 200 per second")
        }
    }

    func run() async throws {
        let progress = DrillProgress()
        var hsm = isInToken ? try RehearsalHSM(count: parts.count) : nil
        defer { if !keep { hsm?.remove() } }
        if let sabotage {
            let report = try await on(Lane.separate, hsm?.next(), progress) { stage in
                try await SabotageRun(sabotage: sabotage, stage: stage, progress: progress).report()
            }
            try output.show(report, as: \.text)
            return try end(report.isGood)
        }
        var report = DrillReport()
        for part in parts {
            report.add(
                try await on(part.lanes, hsm?.next(), progress) { stage in
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
        _ token: StageToken?,
        _ progress: DrillProgress,
        _ rehearse: (Stage) async throws -> Report
    ) async throws -> Report {
        let stage = try Stage(lanes: lanes, rate: rate, unguarded: sabotage == .unguarded, token: token)
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

        var names: Set<String> { Set(procedures.map(\.name) + departures.map(\.name)) }

        /// What of it is called by these names, all of it when there are none.
        func only(_ names: Set<String>) -> Part {
            guard !names.isEmpty else { return self }
            var part = self
            part.procedures = procedures.filter { names.contains($0.name) }
            part.departures = departures.filter { names.contains($0.name) }
            part.crashed = lanes == Lane.separate ? part.procedures.last : nil
            return part
        }
    }

    private static let parts = [
        Part(procedures: DrillProcedure.documented, crashed: DrillProcedure.documented.last),
        Part(procedures: DrillProcedure.siblings + [.twoRecipients], departures: DrillDeparture.allCases),
        Part(lanes: Lane.mixed, procedures: [.composite, .oneByOne]),
    ]

    private var parts: [Part] {
        let chosen = only.isEmpty && !all ? Array(Self.parts.prefix(1)) : Self.parts
        return chosen.map { $0.only(Set(only)) }.filter { !$0.names.isEmpty }
    }
}

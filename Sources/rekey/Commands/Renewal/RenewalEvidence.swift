import ArgumentParser
import ManagementAPI

/// The command `rekey renewal evidence`.
struct RenewalEvidenceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evidence",
        abstract: "Writes what proves how a renewal went as one HTML file, for auditors.",
        discussion: """
            Steps with their proofs, fingerprints, people and roles, overrides, downtime, and the entries of the audit log with \
            their hashes and a signed checkpoint. The file has no scripts and loads nothing.
            """
    )
    @Argument(help: "The renewal.") var id: String
    @Option(name: [.customShort("o"), .long], help: "The file to write; else standard output.") var file: String?
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let sink = try LineSink(file)
        let evidence = try await server.withClient { try await $0.evidence(of: id) }
        try sink.write(evidence.html)
        try sink.close()
    }
}

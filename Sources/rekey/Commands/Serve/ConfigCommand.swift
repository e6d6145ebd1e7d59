import ArgumentParser
import Foundation

/// The command `rekey config`.
struct ConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Checks a tenant's configuration.",
        subcommands: [ConfigCheck.self]
    )
}

/// The command `rekey config check`.
struct ConfigCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Reads a tenant's configuration with all that it names, and starts nothing.",
        discussion: """
            Tokens, passwords, the master key, the devices that hold keys (logging in to each), the store's keys, flows and \
            their keys, and the listeners' addresses are looked at. What a tenant would not start with, or not serve, is an \
            error (exit status 4); what ought to be otherwise is a warning.
            """
    )
    @Option(name: [.customLong("config")], help: "The tenant's YAML file.", completion: .file())
    var file: String
    @OptionGroup var output: OutputOptions

    /// What was found.
    private struct Report: Encodable {
        let organisation: String
        let messages: String
        let management: String
        let store: String
        let people: Int
        let partners: Int
        let flows: Int
        let warnings: [ConfigurationReview.Finding]
    }

    func run() async throws {
        let configuration: TenantConfiguration
        do {
            configuration = try TenantConfiguration(file: file)
        } catch let fault as ConfigurationFault {
            throw Failure(fault)
        }
        var review = ConfigurationReview(configuration, environment: ProcessInfo.processInfo.environment)
        await review.run()
        try end(review.findings.filter(\.isError))
        let report = Report(
            organisation: configuration.organisation,
            messages: "\(configuration.messages)",
            management: "\(configuration.management)",
            store: configuration.store,
            people: configuration.people.count,
            partners: configuration.partners.count,
            flows: review.flows.count,
            warnings: review.findings
        )
        try output.show(report, as: text)
    }

    private func text(_ report: Report) -> String {
        let lines = [
            "\(file) is in order: messages on \(report.messages), management on \(report.management)",
            "\(report.people) people, \(report.partners) partners, \(report.flows) flow files, store \(report.store)",
        ]
        return (lines + report.warnings.map { "warning: \($0.cause)\n  mend: \($0.mend)" }).joined(separator: "\n")
    }

    /// Ends the command when there are errors: with the last one, after the others were printed in the same form.
    private func end(_ errors: [ConfigurationReview.Finding]) throws(Failure) {
        guard let last = errors.last else { return }
        for finding in errors.dropLast() {
            let lines = "rekey: error: \(finding.cause)\nrekey: hint: \(finding.mend)\n"
            FileHandle.standardError.write(Data(lines.utf8))
        }
        throw Failure(last.cause, hint: last.mend, status: .configuration)
    }
}

import ArgumentParser
import Foundation
import Keystore
import Messaging

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
        abstract: "Reads a tenant's configuration with its tokens, flows and master key, and starts nothing."
    )
    @Option(name: [.customLong("config")], help: "The tenant's YAML file.", completion: .file())
    var file: String
    @OptionGroup var output: OutputOptions

    /// What was found.
    private struct Finding: Encodable {
        let organisation: String
        let messages: String
        let management: String
        let store: String
        let people: Int
        let partners: Int
        let flows: Int
    }

    func run() async throws {
        try output.show(find()) { finding in
            """
            \(file) is in order: messages on \(finding.messages), management on \(finding.management)
            \(finding.people) people, \(finding.partners) partners, \(finding.flows) flow files, store \(finding.store)
            """
        }
    }

    /// The flow files, each of which may send to its receiver.
    private func flows(of configuration: TenantConfiguration) throws -> [IntegrationFlow] {
        let flows = try FirstFlows.flows(in: configuration.flows)
        for flow in flows {
            do throws(ReceiverRefusal) {
                try configuration.receivers.check(url: flow.receiver.url)
            } catch {
                throw Failure("flow \(flow.id): \(error)", hint: error.mend, status: .configuration)
            }
        }
        return flows
    }

    private func find() throws -> Finding {
        let environment = ProcessInfo.processInfo.environment
        do {
            let configuration = try TenantConfiguration(file: file)
            _ = try MasterKey.load(from: configuration.masterKey, environment: environment)
            return try Finding(
                organisation: configuration.organisation,
                messages: "\(configuration.messages.host):\(configuration.messages.port)",
                management: "\(configuration.management.host):\(configuration.management.port)",
                store: configuration.store,
                people: configuration.accounts(environment: environment).count,
                partners: configuration.partners.count,
                flows: flows(of: configuration).count
            )
        } catch let fault as ConfigurationFault {
            throw Failure(fault)
        } catch let error as KeystoreError {
            throw Failure(starting: error)
        }
    }
}

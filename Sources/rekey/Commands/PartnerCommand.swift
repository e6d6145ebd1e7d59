import ArgumentParser
import AsyncHTTPClient
import Foundation
import Logging
import PartnerSystem
import ServiceLifecycle
import Timekeeping
import UnixSignals
import Yams

/// `rekey partner`: what partners' systems can do, and a reference sender or receiver to rehearse with.
struct PartnerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "partner",
        abstract: "Says what partners' systems can do, or runs one to rehearse with.",
        discussion: "docs/partner-systems.md has the files with which a sender and a receiver start.",
        subcommands: [PartnerCapabilityCommand.self, Sender.self, Receiver.self]
    )

    struct Sender: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sends orders to a tenant's flows at a steady rate, each until it is answered."
        )

        @OptionGroup var options: PartnerOptions

        func run() async throws {
            try await options.run(as: .sender)
        }
    }

    struct Receiver: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Receives a tenant's orders and confirms them.")

        @OptionGroup var options: PartnerOptions

        func run() async throws {
            try await options.run(as: .receiver)
        }
    }
}

extension PartnerKeyMode: ExpressibleByArgument {}

/// What both partner systems take on the command line.
struct PartnerOptions: ParsableArguments {
    @Option(help: "The system's configuration (YAML).")
    var config: String

    @Option(help: "How many keys it holds at once, instead of the configuration's: dual or single.")
    var keys: PartnerKeyMode?

    @Option(help: "Rehearsal only: the file of seconds that its clock is ahead, instead of the configuration's.")
    var rehearsalClock: String?

    @OptionGroup var parent: ParentOptions

    /// Runs the system until SIGTERM or SIGINT.
    func run(as role: PartnerRole) async throws {
        let httpClient = HTTPClient(configuration: PartnerProcess.httpClientConfiguration)
        do {
            let process = try process(role, httpClient: httpClient)
            let group = ServiceGroup(
                services: process.services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger(named: "rekey.partner", level: .error)
            )
            parent.watch()
            try await group.run()
        } catch {
            try? await httpClient.shutdown()
            throw error
        }
        try await httpClient.shutdown()
    }

    private func process(_ role: PartnerRole, httpClient: HTTPClient) throws -> PartnerProcess {
        let configuration = try configuration()
        let base = URL(filePath: config).absoluteURL.deletingLastPathComponent().path(percentEncoded: false)
        do {
            return try PartnerProcess(
                configuration,
                role: role,
                base: base,
                clock: clock(configuration, base: base),
                httpClient: httpClient,
                logger: logger(named: configuration.name, level: .notice)
            )
        } catch {
            throw Failure("\(config): \(error)", status: .configuration)
        }
    }

    private func configuration() throws -> PartnerConfiguration {
        do {
            let text = try FileInput.text(config)
            try refuseUnknownKeys(text)
            var configuration = try YAMLDecoder().decode(PartnerConfiguration.self, from: text)
            configuration.keys = keys ?? configuration.keys
            return configuration
        } catch let failure as Failure {
            throw failure
        } catch {
            throw Failure("\(config) is not the configuration of a partner system: \(error)", status: .configuration)
        }
    }

    private func refuseUnknownKeys(_ text: String) throws {
        let keys = try compose(yaml: text)?.mapping?.keys.compactMap(\.string) ?? []
        let known = PartnerConfiguration.CodingKeys.allCases.map(\.rawValue)
        if let unknown = keys.first(where: { !known.contains($0) }) {
            throw Failure(
                "\(config): \(unknown) is no key of a partner system's configuration",
                hint: "the keys are \(known.joined(separator: ", "))",
                status: .configuration
            )
        }
    }

    private func clock(_ configuration: PartnerConfiguration, base: String) -> any WallClock {
        let file =
            rehearsalClock ?? configuration.clock.map { PartnerConfiguration.path($0.rehearsalOffsetFile, below: base) }
        return file.map { RehearsalClock(offsetFile: $0) } ?? SystemWallClock()
    }

    private func logger(named name: String, level: Logger.Level) -> Logger {
        var logger = Logger(label: name) { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }
}

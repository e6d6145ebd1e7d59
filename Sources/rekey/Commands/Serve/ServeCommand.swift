import ArgumentParser
import Foundation
import Keystore
import Logging
import NIOCore

/// The command `rekey serve`.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs a tenant: accepts messages, delivers them, serves the management API, carries renewals on.",
        discussion: "Logs to standard error. SIGTERM lets messages under way finish, then ends."
    )
    @Option(name: [.customLong("config")], help: "The tenant's YAML file.", completion: .file())
    var file: String
    @OptionGroup var parent: ParentOptions

    func run() async throws {
        try CoreDumps.forbid()
        parent.watch()
        let environment = ProcessInfo.processInfo.environment
        do {
            let configuration = try TenantConfiguration(file: file)
            let logging = try configuration.operation.logging.overridden(by: environment)
            LoggingSystem.bootstrap { StandardErrorLog(label: $0, settings: logging) }
            let logger = Logger(label: "rekey")
            try await TenantProgram(configuration: configuration, environment: environment, logger: logger).run()
        } catch let fault as ConfigurationFault {
            throw Failure(fault)
        } catch let error as KeystoreError {
            throw Failure(starting: error)
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw Failure(
                "another program listens on an address of `listen`",
                hint: "end it, or choose other ports in \(file)",
                status: .configuration
            )
        }
    }
}

extension Failure {
    /// What the keystore says when a tenant cannot start.
    init(starting error: KeystoreError) {
        let hint =
            switch error {
            case .sealBroken: "name the store and the master key that belong together; a new key opens nothing"
            case .masterKey: "the master key must be there before the start: `rekey master-key create FILE` makes one"
            default: "mend that, then start again; `rekey config check` names all that is wrong"
            }
        self.init("\(error)", hint: hint, status: .configuration)
    }
}

import ArgumentParser
import Foundation
import Keystore
import Messaging

/// The command `rekey flow saved`.
struct FlowSaved: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "saved",
        abstract: "Writes a message that a flow with `saveIncoming` kept, as it arrived.",
        discussion: "Works on the tenant's machine, with its configuration and master key."
    )
    @Option(name: [.customLong("config")], help: "The tenant's YAML file.", completion: .file())
    var file: String
    @Argument(help: "The name of the file in the archive.") var name: String
    @Option(help: "The file for the message; - is standard output.", completion: .file()) var out = "-"

    func run() async throws {
        do {
            let configuration = try TenantConfiguration(file: file)
            let environment = ProcessInfo.processInfo.environment
            let masterKey = try configuration.loadMasterKey(environment: environment)
            guard let folder = configuration.archive else {
                throw Failure("\(file) names no archive", hint: "add `archive: ./archive`", status: .configuration)
            }
            let archive = MessageArchive(folder: folder, masterKey: masterKey)
            let message = try archive.message(in: URL(filePath: name).lastPathComponent)
            try MessageFiles.write(message, to: out)
        } catch let failure as Failure {
            throw failure
        } catch let fault as ConfigurationFault {
            throw Failure(fault)
        } catch let error as KeystoreError {
            throw Failure("the saved message cannot be opened: \(error)", hint: "was it renamed or changed?")
        } catch {
            throw Failure("there is no saved message \(name)", hint: "name a file of the archive", status: .usage)
        }
    }
}

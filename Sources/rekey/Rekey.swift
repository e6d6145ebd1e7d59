import ArgumentParser
import Server

/// The program: `rekey COMMAND …`.
@main
struct Rekey: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rekey",
        abstract: "Renews WS-Security keys between running systems without losing a message.",
        discussion: ExitStatus.explanation,
        version: ProgramVersion.text,
        subcommands: [
            ServeCommand.self, ConfigCommand.self, MasterKeyCommand.self, KeyCommand.self, KeystoreCommand.self,
            FlowCommand.self, QueueCommand.self, LogCommand.self, CaptureCommand.self, AuditCommand.self,
            RenewalCommand.self, InboxCommand.self, MessageCommand.self,
            DrillCommand.self,
            PartnerCommand.self,
        ]
    )

    static func main() async {
        EventLoops.useAllowedCores()
        var parsed: (any ParsableCommand.Type)?
        do {
            var command = try parseAsRoot()
            parsed = type(of: command)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            Ending(of: error, in: parsed).leave()
        }
    }
}

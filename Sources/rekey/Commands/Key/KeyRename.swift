import ArgumentParser
import ManagementAPI

/// The command `rekey key rename`.
struct KeyRename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Gives a key another name, with its versions, history and ledger.",
        discussion: """
            Refused while a renewal of the key is not over, and where flows name it, unless they are changed in the same \
            transaction with --with-flows: what is deployed goes on without an interruption. The former name is given to no \
            other key.
            """
    )
    @Argument(help: "The key's alias.") var alias: String
    @Argument(help: "Its name from now on.") var name: String
    @Flag(help: "Change every flow that names it, too.") var withFlows = false
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await server.withClient {
            try await $0.rename(alias, RenameKey(name: name, withFlows: withFlows ? true : nil))
        }
        try output.show(answer) { answer in
            guard !answer.flows.isEmpty else { return "\(alias) is called \(name) now; no flow names it" }
            let flows = answer.flows.joined(separator: ", ")
            return
                "\(alias) is called \(name) now, also in the deployed documents of \(flows): change files that you keep of them"
        }
    }
}

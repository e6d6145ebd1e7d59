import ArgumentParser
import Foundation
import ManagementAPI

/// `rekey capture`: messages that were kept with their content.
struct CaptureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture",
        abstract: "Shows messages that were kept with their content (rekey flow capture).",
        subcommands: [CaptureList.self, CaptureShow.self]
    )
}

/// The command `rekey capture list`.
struct CaptureList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists what was kept, the latest first, without content."
    )
    @Option(help: "Only messages of this flow.") var flow: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.captures(flow: flow) }, as: CaptureText.list)
    }
}

/// The command `rekey capture show`.
struct CaptureShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows one with its content; the reading is audited.",
        discussion: """
            For the tenant administrator. Control characters are shown as \\uXXXX; --raw writes the octets as they were, and \
            nothing else.
            """
    )
    @Argument(help: "The number, as `rekey capture list` has it.") var id: Int
    @Flag(help: "Writes the octets as they were.") var raw = false
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let message = try await server.withClient { try await $0.capture(id) }
        guard !raw else { return FileHandle.standardOutput.write(message.content ?? Data()) }
        try output.show(message, as: CaptureText.show)
    }
}

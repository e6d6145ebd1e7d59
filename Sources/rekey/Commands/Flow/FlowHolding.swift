import ArgumentParser
import Foundation
import ManagementAPI

/// The command `rekey flow hold`.
struct FlowHold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Stops a flow's deliveries and goes on accepting.",
        discussion: """
            One-way messages are stored until the flow is released; requests with a reply wait, and get 503 with \
            Retry-After when that takes too long. With --for, what is expected meanwhile is said first, from the busiest hour of \
            the last week, and the hold is refused when the store has no room for it. The flow stays held until it is released.
            """
    )
    @Argument(help: "The flow's name.") var id: String
    @Option(name: .customLong("for"), help: "How long the hold is to last, such as 30m, 4h or 2d.") var length:
        LengthOfTime?
    @Flag(help: "Holds even when the store has no room for what is expected.") var anyway = false
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await server.withClient { client in
            if let length {
                let forecast = try await client.holdForecast(id, for: length.seconds)
                FileHandle.standardError.write(Data((FlowText.forecast(forecast) + "\n").utf8))
            }
            return try await client.holdFlow(id, for: length?.seconds, anyway: anyway)
        }
        try output.show(answer) { answer in
            answer.drained
                ? "\(answer.id) is held; none of its messages is under way"
                : "\(answer.id) is held; \(answer.inFlight) of its messages are still under way"
        }
    }
}

/// The command `rekey flow release`.
struct FlowRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Lets a held flow deliver what it has stored."
    )
    @Argument(help: "The flow's name.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.releaseFlow(id) }, as: FlowText.show)
    }
}

import ArgumentParser
import ManagementAPI

/// The command `rekey flow capture`.
struct FlowCapture: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capture",
        abstract: "Keeps a flow's messages with their content for a while, or ends that.",
        discussion: """
            For the tenant administrator; audited. Messages are kept as they arrived and as they were sent on, at both ends of \
            the flow, sealed under the master key, and erased after `capture.hours` of the configuration. `rekey capture` reads \
            them. A capture never holds up or fails a message: without room it ends.
            """
    )
    @Argument(help: "The flow's name.") var id: String
    @Option(name: .customLong("for"), help: "How long, such as 15m or 2h; `capture.longest` at the most.")
    var length: LengthOfTime?
    @Option(help: "How many exchanges at the most; `capture.exchanges` without it.") var exchanges: Int?
    @Option(help: "Why; it is in the audit log.") var reason: String?
    @Flag(help: "Ends the capture; what was kept stays until its time is over.") var stop = false
    @Flag(help: "With --stop: erases what was kept of the flow.") var erase = false
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard stop != (length != nil) else { throw ValidationError("Give --for LENGTH, or --stop.") }
        guard !stop || exchanges == nil && reason == nil else {
            throw ValidationError("--exchanges and --reason go with --for.")
        }
        guard stop || !erase else { throw ValidationError("--erase goes with --stop.") }
    }

    func run() async throws {
        let order = try await server.withClient { client in
            guard let length else { return try await client.stopCapture(id, erase: erase) }
            let order = CaptureFlow(seconds: length.seconds, exchanges: exchanges, reason: reason)
            return try await client.captureFlow(id, order)
        }
        try output.show(order) { CaptureText.order($0) + (erase ? "; what was kept is erased" : "") }
    }
}

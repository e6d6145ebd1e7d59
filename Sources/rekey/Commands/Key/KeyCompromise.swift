import ArgumentParser
import ManagementAPI

/// The command `rekey key compromise`.
struct KeyCompromise: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compromise",
        abstract: "Gives a version up at once because others know its key.",
        discussion:
            "From then on it neither protects nor processes; a staged version takes its place without overlap, and renewals of the "
            + "key end. Where that loses messages a second tenant administrator must give the same command within an hour. --forecast "
            + "says what it would do."
    )
    @Argument(help: "The key's alias and the version, such as orders-sign/1.") var key: String
    @Option(help: "Why; partners are told.") var reason: String?
    @Flag(help: "Only say what it would do.") var forecast = false
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard forecast || reason != nil else { throw ValidationError("Give --reason, or --forecast.") }
        guard Self.parts(of: key) != nil else {
            throw ValidationError("Name alias and version, such as orders-sign/1.")
        }
    }

    func run() async throws {
        guard let (alias, version) = Self.parts(of: key) else { return }
        let request = CompromiseKey(version: version, reason: reason ?? "", forecastOnly: forecast ? true : nil)
        let answer = try await server.withClient { try await $0.compromise(alias, request) }
        try output.show(answer) { Self.text(of: $0, key: key, isForecast: forecast) }
    }

    private static func parts(of key: String) -> (alias: String, version: Int)? {
        let parts = key.split(separator: "/")
        guard parts.count == 2, let version = Int(parts[1]), version > 0 else { return nil }
        return (String(parts[0]), version)
    }

    private static func text(of answer: CompromiseKeyAnswer, key: String, isForecast: Bool) -> String {
        let head =
            answer.done
            ? "\(key) is given up: it neither protects nor processes"
                + (answer.approvedBy.map { " (said by \(answer.requestedBy ?? "-"), agreed by \($0))" } ?? "")
            : isForecast
                ? "giving \(key) up would do this"
                : "noted; a second tenant administrator must give the same command within an hour"
        let isHarmless = isForecast && answer.losses.isEmpty && answer.consequences.isEmpty
        if isHarmless { return "\(head): no message is lost, and no renewal ends" }
        return ([head] + answer.losses.map { "  loses: \($0)" } + answer.consequences.map { "  \($0)" })
            .joined(separator: "\n")
    }
}

import ArgumentParser
import ManagementAPI

/// The command `rekey log`.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Searches the message log: what became of each exchange, and with which key versions.",
        discussion: """
            Without options it shows the latest exchanges. Content is never shown. `rekey queue` has the one-way messages \
            that are stored.
            """
    )
    @Option(help: "Only exchanges of this flow.") var flow: String?
    @Option(help: "Only completed, accepted, duplicate, refused, faulted, retry or failed ones.") var status: String?
    @Option(help: "Only this exchange, message (wsa:MessageID) or trace.") var id: String?
    @Option(help: "Only exchanges that began at this moment or later, such as 2026-01-31T10:00:00Z.")
    var since: String?
    @Option(help: "Only exchanges that began before this moment.") var until: String?
    @Option(help: "Only exchanges that used this key: ALIAS or ALIAS/VERSION.") var keyVersion: String?
    @Option(help: "Where the page begins, as the former page says.") var before: Int?
    @Option(help: "How many at the most.") var limit = 100
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        var search = ExchangeSearch()
        search.flow = flow
        search.status = status
        search.id = id
        search.since = try since.map { text throws(Failure) in try Moment(text).date }
        search.until = try until.map { text throws(Failure) in try Moment(text).date }
        search.keyVersion = keyVersion
        search.before = before
        search.limit = limit
        let page = try await server.withClient { [search] client in try await client.exchanges(search) }
        try output.show(page, as: LogWording.page)
    }
}

import ArgumentParser
import ManagementAPI

/// The command `rekey renewal probe`.
struct RenewalProbe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Tries the new key out with a receiver before the exchange.",
        discussion:
            "Sends the probe message of each flow (`receiver.probe`) to the receiver, protected with the staged version. "
            + "Accepted: the exchange is proved in advance. A security fault: the exchange is refused until a probe is accepted."
    )
    @Argument(help: "The renewal.") var id: String
    @Option(help: "The partner.") var partner: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = ProbeRenewal(partner: partner)
        try await output.show(server.withClient { try await $0.probe(id, request) }, as: RenewalText.show)
    }
}

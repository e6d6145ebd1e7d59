import ArgumentParser
import ManagementAPI

/// The command `rekey renewal canary`.
struct RenewalCanary: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "canary",
        abstract: "Lets a growing share of a receiver's messages try the new key out before the exchange.",
        discussion:
            "From 1 % to 10 % to 100 % by itself as messages are taken. A message that is refused with a security fault is sent "
            + "again under the old key at once, and the share goes back to none: nothing is lost."
    )
    @Argument(help: "The renewal.") var id: String
    @Option(help: "The receiver.") var partner: String
    @Option(help: "The share in per cent: 1, 10, 100, or 0 to end it.") var share = 1
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = SetCanary(partner: partner, share: share)
        try await output.show(server.withClient { try await $0.setCanary(id, request) }, as: RenewalText.show)
    }
}

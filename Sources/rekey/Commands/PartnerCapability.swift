import ArgumentParser
import ManagementAPI

/// The command `rekey partner capability`.
struct PartnerCapabilityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capability",
        abstract: "Shows whether partners' systems handle two keys at once and how that is known, or records it.",
        discussion: """
            The tenant administrator records it, or the partner's own administrator. Proof comes from probes and traffic \
            alone. A renewal is planned by it; what is unknown is not planned before somebody says what to do.
            """
    )
    @Argument(help: "The partner; else all.") var partner: String?
    @Option(name: .customLong("for"), help: "What its system does with the key: verify or decrypt; else both.")
    var part: String?
    @Option(help: "Record this: dual, single or unknown.") var set: String?
    @Option(help: "Who said it, or how it is known.") var note: String?
    @Flag(help: "Show everything that was learned, oldest first.") var history = false
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard partner != nil || (set == nil && !history) else { throw ValidationError("Name the partner.") }
        guard set != nil || (part == nil && note == nil) else {
            throw ValidationError("Say what to record with --set.")
        }
    }

    func run() async throws {
        let found = try await server.withClient { client in
            if let partner, let set {
                return try await client.claimCapability(of: partner, ClaimCapability(part: part, keys: set, note: note))
            }
            if let partner, history { return try await client.capabilities(of: partner) }
            let all = try await client.partners().filter { partner == nil || $0.id == partner }
            return all.flatMap { $0.capabilities ?? [] }
        }
        try output.show(found, as: Self.text)
    }

    private static func text(_ found: [CapabilityResource]) -> String {
        TextTable(
            ["partner", "its part", "two keys at once", "known from", "who", "when", "remark"],
            found.map {
                [
                    $0.partner, $0.part, Wording.spoken($0.standing), $0.source, $0.actor ?? "-", Wording.moment($0.at),
                    $0.detail,
                ]
            }
        )
        .text
    }
}

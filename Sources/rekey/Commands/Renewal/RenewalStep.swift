import ArgumentParser
import Foundation
import ManagementAPI

/// The command `rekey renewal step`.
struct RenewalStep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "step",
        abstract: "Says that your step is done.",
        discussion: "The step counts when its proof is accepted; `rekey renewal show` says what it waits for."
    )
    @Argument(help: "The renewal.") var id: String
    @Argument(help: "The step, such as 3-configure-partner.") var step: String
    @Option(help: "The PEM file of the certificate that the step needs.", completion: .file())
    var certificate: String?
    @Option(help: "SHA-256 of that certificate, as you were told it over a second channel.") var fingerprint: String?
    @Option(help: "Start of the agreed downtime (ISO 8601).") var downtimeStart: String?
    @Option(help: "End of the agreed downtime (ISO 8601).") var downtimeEnd: String?
    @Option(help: "The kind of key pair to create; else that of the old version.") var keyKind: String?
    @Option(
        help: "The staged version to take instead of creating a key pair, such as one with an authority's certificate."
    )
    var version: Int?
    @Option(help: "The token in which it is created; else that of the old version, if it is in one.") var token: String?
    @Option(help: "A remark for the journal.") var note: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = try ClaimStep(
            certificate: certificate.map(FileInput.text),
            fingerprint: fingerprint,
            downtimeStart: downtimeStart.map(Moment.init)?.date,
            downtimeEnd: downtimeEnd.map(Moment.init)?.date,
            keyKind: keyKind,
            version: version,
            keyToken: token,
            note: note
        )
        try await output.show(
            server.withClient { try await $0.claim(step, of: id, request) },
            as: RenewalText.show
        )
    }
}

/// The command `rekey renewal override`.
struct RenewalOverride: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "override",
        abstract: "Passes a step whose proof is missing; a second person must do so too."
    )
    @Argument(help: "The renewal.") var id: String
    @Argument(help: "The step.") var step: String
    @Option(help: "Why.") var reason: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = GiveReason(reason: reason)
        try await output.show(server.withClient { try await $0.override(step, of: id, request) }, as: RenewalText.show)
    }
}

import ArgumentParser
import Foundation
import ManagementAPI

/// The command `rekey key adopt`.
struct KeyAdopt: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "adopt",
        abstract: "Takes a key that is in a token already, with its certificate.",
        discussion: """
            The private key stays in the token; it computes once to show that the certificate is its own. The first version of \
            an alias is active at once; further ones are staged until they are exchanged.
            """
    )
    @Argument(help: "The key's alias.") var alias: String
    @Option(help: "The token of the configuration.") var token: String
    @Option(help: "The key's label in the token (CKA_LABEL).") var label: String?
    @Option(help: "The key's id in the token (CKA_ID), hexadecimal.") var id: String?
    @Option(help: "The file with the certificate and those above it: PEM, DER or PKCS#7.", completion: .file())
    var certificate: String
    @Option(help: "The SHA-256 that the certificate must have.") var fingerprint: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (label == nil) != (id == nil) else { throw ValidationError("Name the key by --label or by --id.") }
    }

    func run() async throws {
        let choice = try AddKeyVersion.TokenKeyChoice(
            token: token,
            identifier: id,
            label: label,
            certificates: Data(FileInput.octets(certificate))
        )
        let request = AddKeyVersion(alias: alias, source: .token(choice), fingerprint: fingerprint)
        try await output.show(server.withClient { try await $0.addKeyVersion(request) }, as: KeyText.show)
    }
}

import ArgumentParser
import Foundation
import ManagementAPI

/// The command `rekey key import`.
struct KeyImport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Imports a key pair, or a partner's certificate.",
        discussion: """
            A PKCS#12 file (--pkcs12, --password-file), a PEM key with its certificates (--key, --certificate), or a \
            partner's certificate (--certificate, --partner).
            """
    )
    @Argument(help: "The key's alias.") var alias: String
    @Option(help: "A PKCS#12 file.", completion: .file()) var pkcs12: String?
    @Option(help: "A PEM file with a private key.", completion: .file()) var key: String?
    @Option(help: "A PEM file with the certificate chain, leaf first.", completion: .file()) var certificate: String?
    @Option(help: "The file that holds the password.", completion: .file()) var passwordFile: String?
    @Option(help: "The partner who owns the certificate.") var partner: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = try AddKeyVersion(alias: alias, source: source())
        try await output.show(server.withClient { try await $0.addKeyVersion(request) }, as: KeyText.show)
    }

    private func source() throws -> AddKeyVersion.Source {
        let password = try FileInput.password(passwordFile)
        switch (pkcs12, key, certificate, partner) {
        case (let pkcs12?, nil, nil, nil):
            return try .pkcs12(file: Data(FileInput.octets(pkcs12)), password: password ?? "")
        case (nil, let key?, let certificate?, nil):
            return try .keyPair(
                key: FileInput.text(key),
                certificates: FileInput.text(certificate),
                password: password
            )
        case (nil, nil, let certificate?, let partner?):
            return try .certificate(certificates: FileInput.text(certificate), partner: partner)
        default:
            throw ValidationError("Give --pkcs12, or --key with --certificate, or --certificate with --partner.")
        }
    }
}

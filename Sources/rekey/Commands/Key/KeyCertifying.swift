import ArgumentParser
import Foundation
import ManagementAPI

/// The command `rekey key request`.
struct KeyRequest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Makes a key pair, pending, and prints the certificate request for it (PKCS#10).",
        discussion: """
            The private key stays in the keystore, or in the token in which it is made. The certificate that your authority issues is taken by `rekey key attach`. \
            With --version the request is for a key that is there: a pending one again, or one whose certificate is renewed.
            """
    )
    @Argument(help: "The key's alias.") var alias: String
    @Option(help: "A version that is there.") var version: Int?
    @Option(help: "rsa-2048, rsa-3072, rsa-4096, p-256, p-384, p-521 or ed25519; else rsa-3072.") var kind: String?
    @Option(help: "The subject (RFC 4514); else that of the certificate that is there, or CN= and the alias.")
    var subject: String?
    @Option(help: "A name or address that the certificate is for, for a TLS server; may be repeated.")
    var host: [String] = []
    @Option(help: "The token of the configuration in which the private key is made, and stays.") var token: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = RequestCertificate(
            version: version,
            kind: kind,
            subject: subject,
            hosts: host.isEmpty ? nil : host,
            token: token
        )
        let made = try await server.withClient { try await $0.requestCertificate(alias, request) }
        try output.show(made) { $0.pem.trimmingCharacters(in: .newlines) }
    }
}

/// The command `rekey key attach`.
struct KeyAttach: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "attach",
        abstract: "Takes the certificate that was issued for a key that is here.",
        discussion: """
            A pending version becomes staged. A version that is in use gets it as its new certificate: a renewal of the \
            certificate is no renewal of the key, so nothing has to be switched. The version is found by the key.
            """
    )
    @Argument(help: "The key's alias.") var alias: String
    @Option(help: "The file with the certificate and those above it: PEM, DER or PKCS#7.", completion: .file())
    var certificate: String
    @Option(help: "The version; else the one with that key.") var version: Int?
    @Option(help: "The SHA-256 that the certificate must have.") var fingerprint: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = try AttachCertificate(
            certificates: Data(FileInput.octets(certificate)),
            version: version,
            fingerprint: fingerprint
        )
        try await output.show(server.withClient { try await $0.attach(alias, request) }, as: KeyText.show)
    }
}

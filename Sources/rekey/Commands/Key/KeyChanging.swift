import ArgumentParser
import ManagementAPI

/// The command `rekey key create`.
struct KeyCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Creates a key pair with a self-signed certificate.",
        discussion: "The first version of an alias is active at once; further ones are staged until they are exchanged."
    )
    @Argument(help: "The key's alias.") var alias: String
    @Option(help: "rsa-2048, rsa-3072, rsa-4096, p-256, p-384, p-521 or ed25519.") var kind = "rsa-3072"
    @Option(help: "The certificate's subject (RFC 4514); else CN= and the alias.") var subject: String?
    @Option(help: "How many days the certificate is valid.") var days = 365
    @Option(help: "A name or address that the certificate is for, for a TLS server; may be repeated.")
    var host: [String] = []
    @Option(help: "The token of the configuration in which the private key is made, and stays.") var token: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let source = AddKeyVersion.Source.create(
            kind: kind,
            subject: subject ?? "CN=\(alias)",
            validityDays: days,
            hosts: host.isEmpty ? nil : host,
            token: token
        )
        let key = try await server.withClient {
            try await $0.addKeyVersion(AddKeyVersion(alias: alias, source: source))
        }
        try output.show(key, as: KeyText.show)
    }
}

/// The command `rekey key exchange`.
struct KeyExchange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange",
        abstract: "Makes a staged version the active one, outside of a renewal.",
        discussion: "The alias stays. Refused while a renewal covers the key."
    )
    @Argument(help: "The key's alias.") var alias: String
    @Option(help: "The staged version; else the newest staged one.") var version: Int?
    @Option(help: "Why this is not done as a renewal.") var reason: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let key = try await server.withClient {
            try await $0.exchange(alias, ExchangeKey(version: version, reason: reason))
        }
        try output.show(key, as: KeyText.show)
    }
}

/// The command `rekey key destroy`.
struct KeyDestroy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "destroy",
        abstract: "Erases the private key of a retired version; two persons must ask for it.",
        discussion: "Refused until 90 days after the version was exchanged."
    )
    @Argument(help: "The key's alias.") var alias: String
    @Option(help: "The version.") var version: Int
    @Option(help: "Why.") var reason: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await server.withClient {
            try await $0.destroy(alias, DestroyKey(version: version, reason: reason))
        }
        try output.show(answer) { answer in
            answer.destroyed
                ? "version \(version) of \(alias) is destroyed: asked by \(answer.requestedBy), "
                    + "approved by \(answer.approvedBy ?? "-")"
                : "noted; a second tenant administrator must give the same command"
        }
    }
}

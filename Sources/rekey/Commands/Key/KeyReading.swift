import ArgumentParser
import Cryptography
import Foundation
import ManagementAPI

/// The command `rekey key list`.
struct KeyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the aliases.")
    @Option(help: "Where the page begins: after this alias.") var after: String?
    @Option(help: "How many at the most; all of them when it is left out.") var limit: Int?
    @Flag(help: "The versions whose keeping time is over and that are not destroyed yet, with what destroys each.")
    var overdue = false
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !overdue || (after == nil && limit == nil) else {
            throw ValidationError("--overdue lists all at once: leave out --after and --limit.")
        }
    }

    func run() async throws {
        if overdue {
            return try await output.show(
                server.withClient { try await $0.overdueKeyVersions() },
                as: KeyText.overdue
            )
        }
        let keys = try await server.withClient { client in
            guard after != nil || limit != nil else { return try await client.keys() }
            return try await client.keys(after: after, limit: limit ?? 1_000)
        }
        try output.show(keys, as: KeyText.list)
    }
}

/// The command `rekey key show`.
struct KeyShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Shows an alias and its versions.")
    @Argument(help: "The key's alias.") var alias: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.key(alias) }, as: KeyText.show)
    }
}

/// The command `rekey key where-used`.
struct KeyWhereUsed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "where-used",
        abstract: "Shows where flows name a key, and where messages used it."
    )
    @Argument(help: "The key's alias.") var alias: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.whereUsed(alias) }, as: KeyText.whereUsed)
    }
}

/// The command `rekey key certificate`.
struct KeyCertificate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "certificate",
        abstract: "Prints the certificate chain of a version, or writes it to a file."
    )
    @Argument(help: "The key's alias.") var alias: String
    @Option(help: "The version; else the active one.") var version: Int?
    @Option(help: "pem, der (the certificate without those above it) or p7b.") var form = CertificateForm.pem
    @Option(help: "The file to write; else standard output.", completion: .file()) var file: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let certificate = try await server.withClient { client in
            var number = version
            if number == nil { number = try await client.key(alias).activeVersion }
            guard let number else {
                throw Failure("\(alias) has no active version", hint: "name one with --version", status: .usage)
            }
            return try await client.certificate(of: alias, version: number)
        }
        guard form != .pem || file != nil else {
            return try output.show(certificate) { $0.pem.trimmingCharacters(in: .newlines) }
        }
        let octets = try Data(form.octets(of: Certificate.list(pem: certificate.pem)))
        guard let file else { return FileHandle.standardOutput.write(octets) }
        try octets.write(to: URL(filePath: file))
    }
}

/// The command `rekey key ledger`.
struct KeyLedger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Shows which versions messages were protected and processed with."
    )
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.ledger() }, as: KeyText.ledger)
    }
}

/// The command `rekey key audit`.
struct KeyAudit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "audit", abstract: "Shows the audit log.")
    @Option(help: "Show the entries after this one.") var after = 0
    @Option(help: "Show at most so many.") var limit = 1000
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(
            server.withClient { try await $0.audit(after: after, limit: limit) },
            as: KeyText.audit
        )
    }
}

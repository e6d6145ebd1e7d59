import ArgumentParser
import Foundation
import ManagementAPI

/// The command `rekey key export`.
struct KeyExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Lets a private key out, encrypted, when two persons say so.",
        discussion: """
            A tenant administrator requests it, another one approves within a day, the first one collects it once within an \
            hour. Certificates need none of that: `rekey key certificate`.
            """,
        subcommands: [ExportRequest.self, ExportList.self, ExportApprove.self, ExportCollect.self]
    )
}

/// The command `rekey key export request`.
struct ExportRequest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "request", abstract: "Asks for a private key.")
    @Argument(help: "The key's alias.") var alias: String
    @Option(help: "The version.") var version: Int
    @Option(help: "What for.") var reason: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let export = try await server.withClient {
            try await $0.requestExport(alias, RequestKeyExport(version: version, reason: reason))
        }
        try output.show(export) { export in
            "\(export.id) is requested; another tenant administrator approves it with "
                + "`rekey key export approve \(export.id)`"
        }
    }
}

/// The command `rekey key export list`.
struct ExportList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the open exports.")
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.exports() }) { exports in
            TextTable(
                ["export", "key", "status", "requested by", "approved by", "until", "reason"],
                exports.map {
                    [
                        $0.id, "\($0.alias) \($0.version)", $0.status, $0.requestedBy, $0.approvedBy ?? "-",
                        Wording.moment($0.end), $0.reason,
                    ]
                }
            )
            .text
        }
    }
}

/// The command `rekey key export approve`.
struct ExportApprove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approves another person's export."
    )
    @Argument(help: "The export.") var export: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let approved = try await server.withClient { try await $0.approveExport(export) }
        try output.show(approved) { export in
            "\(export.id) is approved; \(export.requestedBy) can collect it until \(Wording.moment(export.end))"
        }
    }
}

/// The command `rekey key export collect`.
struct ExportCollect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Writes an approved private key to a new file that only you may read."
    )
    @Argument(help: "The export.") var export: String
    @Option(help: "pkcs12, or pkcs8: encrypted PKCS#8 and the certificates in PEM.") var form = "pkcs12"
    @Option(help: "The file to make; an existing one is left alone.", completion: .file()) var file: String
    @OptionGroup var password: PasswordOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        guard let form = CollectKeyExport.Form(rawValue: form) else {
            throw ValidationError("The form is pkcs12 or pkcs8.")
        }
        guard let secret = try password.given() ?? PasswordPrompt.ask(for: file) else {
            throw Failure("no password for \(file)", hint: "name its file with --password-file", status: .usage)
        }
        // The file is made first: the key can be collected once.
        let handle = try PrivateFile.create(file)
        do {
            let request = CollectKeyExport(form: form, password: secret)
            let key = try await server.withClient { try await $0.collectExport(export, request) }
            try handle.write(contentsOf: key.file)
            try handle.synchronize()
        } catch {
            try? FileManager.default.removeItem(atPath: file)
            throw error
        }
    }
}

import ArgumentParser
import Foundation
import ManagementAPI

/// The command `rekey keystore backup`.
struct KeystoreBackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Writes all keys, or those of one alias, to a new encrypted file.",
        discussion: """
            The file is sealed under the passphrase; private keys in it are sealed under the master key as well, so keep a \
            copy of that elsewhere: neither opens them alone. Of a key in a token the file has the reference alone: back the \
            token up by its own means.
            """
    )
    @Argument(help: "The file to make; an existing one is left alone.", completion: .file()) var file: String
    @Option(help: "One alias; else all.") var alias: String?
    @OptionGroup var password: PasswordOptions
    @OptionGroup var server: ServerOptions

    func run() async throws {
        let passphrase = try password.demanded(for: file)
        let handle = try PrivateFile.create(file)
        do {
            let backup = try await server.withClient {
                try await $0.backUp(BackUpKeystore(passphrase: passphrase, alias: alias))
            }
            try handle.write(contentsOf: backup.file)
            try handle.synchronize()
            let held = backup.inTokens.map { "; the private keys of \($0) are in tokens, not in the file" } ?? ""
            print("\(backup.versions) versions in \(file)\(held)")
        } catch {
            try? FileManager.default.removeItem(atPath: file)
            throw error
        }
    }
}

/// The command `rekey keystore restore`.
struct KeystoreRestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Brings back versions that a backup has and the keystore has not.",
        discussion: """
            Without --apply nothing is changed: the diff says what would come back. What is here is never changed, moved \
            back or erased.
            """
    )
    @Argument(help: "The backup.", completion: .file()) var file: String
    @Option(help: "One alias; else all.") var alias: String?
    @Flag(help: "Does it.") var apply = false
    @OptionGroup var password: PasswordOptions
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let request = try RestoreKeystore(
            file: Data(FileInput.octets(file)),
            passphrase: password.demanded(for: file),
            alias: alias,
            apply: apply
        )
        try await output.show(server.withClient { try await $0.restore(request) }, as: Self.text)
    }

    private static func text(_ answer: RestoreResource) -> String {
        let table = TextTable(
            ["key", answer.applied ? "done" : "would", "in the backup", "here", "reason"],
            answer.lines.map { line in
                let whose = line.partner.map { " for \($0)" } ?? ""
                return [
                    "\(line.alias) \(line.version)\(whose)", line.act, line.backedUp, line.state ?? "-", line.reason,
                ]
            }
        )
        return "backup of \(Wording.moment(answer.madeAt)):\n" + table.text
            + (answer.applied ? "" : "\n\nnothing is changed; do it with --apply")
    }
}

extension PasswordOptions {
    /// The password that was given or is typed; throws when there is none.
    func demanded(for path: String) throws -> String {
        if let password = try given() ?? PasswordPrompt.ask(for: path) { return password }
        throw Failure("no password for \(path)", hint: "name its file with --password-file", status: .usage)
    }
}

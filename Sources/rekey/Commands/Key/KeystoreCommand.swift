import ArgumentParser
import Foundation
import ManagementAPI

/// `rekey keystore`: all keys at once.
struct KeystoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keystore",
        abstract: "Takes whole keystores in, backs keys up and restores them.",
        subcommands: [KeystoreImportCommand.self, KeystoreBackupCommand.self, KeystoreRestoreCommand.self]
    )
}

/// The command `rekey keystore import`.
struct KeystoreImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Takes in a keystore with many entries (PKCS#12, JKS, JCEKS, PEM).",
        discussion: """
            Without --apply nothing is changed: the summary says what would be added, replaced, skipped and refused, and \
            why. What is new is active; a new version of an alias that is there is staged, never put into use.
            """
    )
    @Argument(help: "The keystore.", completion: .file()) var file: String
    @Flag(help: "Does it.") var apply = false
    @Flag(help: "Entries whose alias is there become new versions; else they are left alone.") var replace = false
    @Option(help: ArgumentHelp("An alias for an entry; may be repeated.", valueName: "ENTRY=ALIAS"))
    var alias: [String] = []
    @Option(
        help: ArgumentHelp(
            "Whose the certificates without a private key are, all of them or one; may be repeated.",
            valueName: "[ENTRY=]PARTNER"
        )
    )
    var partner: [String] = []
    @Option(help: "The file of the entries' own password (Java).", completion: .file()) var entryPasswordFile: String?
    @OptionGroup var password: PasswordOptions
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let (octets, password) = try UploadedFile.read(file, password, entryPasswordFile)
        var request = ImportKeystore(file: octets, password: password)
        request.keyPassword = try FileInput.password(entryPasswordFile)
        request.apply = apply
        request.replace = replace
        for text in alias {
            guard let (entry, alias) = Self.pair(text) else { throw ValidationError("Write --alias ENTRY=ALIAS.") }
            request.aliases[entry] = alias
        }
        for text in partner {
            if let (entry, partner) = Self.pair(text) {
                request.partners[entry] = partner
            } else {
                request.partner = text
            }
        }
        let answer = try await server.withClient { [request] in try await $0.importKeystore(request) }
        try output.show(answer, as: Self.text)
    }

    private static func pair(_ text: String) -> (String, String)? {
        guard let index = text.lastIndex(of: "=") else { return nil }
        return (String(text[..<index]), String(text[text.index(after: index)...]))
    }

    private static func text(_ answer: KeystoreImportResource) -> String {
        let table = TextTable(
            ["entry", "alias", answer.applied ? "done" : "would", "version", "expires", "reason"],
            answer.lines.map {
                [
                    $0.entry, $0.alias ?? "-", $0.act, $0.version.map(String.init) ?? "-", Wording.day($0.notAfter),
                    $0.reason,
                ]
            }
        )
        return table.text + (answer.applied ? "" : "\n\nnothing is changed; do it with --apply")
    }
}

import Foundation
import Testing

@Suite("The start of a tenant")
struct ServeTests {
    private static let configuration = """
        organisation: tenant
        listen: {messages: "127.0.0.1:0", management: "127.0.0.1:0"}
        store: {sqlite: ./tenant.sqlite}
        masterKey: {file: ./master.key}
        partners: [{id: sender, keys: dual, role: sender}]
        people: [{name: administrator, role: tenantAdministrator, organisation: tenant, tokenFile: ./token}]

        """

    private let program: Program

    init() throws {
        program = try Program()
    }

    private func prepare(_ configuration: String = configuration) throws {
        try program.file("tenant.yaml", configuration)
        try program.file("token", "0123456789abcdef0123456789abcdef\n")
    }

    @Test("Without its master key a tenant does not start, and leaves nothing behind")
    func masterKey() throws {
        defer { program.remove() }
        try prepare()
        let ending = try program.run("serve", "--config", "tenant.yaml")
        #expect(ending.status == 4 && ending.output.isEmpty)
        #expect(ending.diagnosis.hasPrefix("rekey: error: no master key: "))
        #expect(ending.diagnosis.contains("rekey: hint: the master key must be there before the start"))
        #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "tenant.sqlite").path))
    }

    @Test("A master key is made for its owner alone, and never in the place of another")
    func masterKeyCreation() throws {
        defer { program.remove() }
        try prepare()
        #expect(try program.run("master-key", "create", "master.key").status == 0)
        let file = program.folder.appending(path: "master.key")
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        let key = try String(contentsOf: file, encoding: .utf8)
        #expect(try program.run("master-key", "create", "master.key").status == 1)
        #expect(try String(contentsOf: file, encoding: .utf8) == key)

        let check = try program.run("config", "check", "--config", "tenant.yaml")
        #expect(check.status == 0 && check.output.hasPrefix("tenant.yaml is in order: "))
        #expect(!check.output.contains(key.prefix(16)) && !check.output.contains("0123456789abcdef"))
    }

    /// A mistake in the configuration, and the words that name it.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let wrong: String
        let right: String
        let error: String

        var testDescription: String { error }
    }

    static let mistakes = [
        Mistake(
            wrong: "{id: tenant, keys: dual",
            right: "{id: sender, keys: dual",
            error: "two organisations are named tenant"
        ),
        Mistake(
            wrong: "organization: tenant",
            right: "organisation: tenant",
            error: "tenant.yaml:1: organization: unknown key"
        ),
        Mistake(
            wrong: #"{messages: "localhost""#,
            right: #"{messages: "127.0.0.1:0""#,
            error: "tenant.yaml:2: listen.messages: `localhost` is not an address"
        ),
        Mistake(
            wrong: "keys: three",
            right: "keys: dual",
            error: "tenant.yaml:5: partners[0].keys: dual, single or unknown is expected"
        ),
        Mistake(
            wrong: "role: king",
            right: "role: tenantAdministrator",
            error: "tenant.yaml:6: people[0].role: `king` is not one of the words"
        ),
        Mistake(
            wrong: "masterKey: {}",
            right: "masterKey: {file: ./master.key}",
            error: "tenant.yaml:4: masterKey: one place is expected"
        ),
        Mistake(
            wrong: "rehearsal: {unguarded: true}\nstore: {sqlite: ./tenant.sqlite}",
            right: "store: {sqlite: ./tenant.sqlite}",
            error: "rehearsal settings without a rehearsal clock"
        ),
        Mistake(
            wrong: "renewal: {retentionDays: 30}\nstore: {sqlite: ./tenant.sqlite}",
            right: "store: {sqlite: ./tenant.sqlite}",
            error: "tenant.yaml:3: renewal.retentionDays: a whole number of at least 90 is expected"
        ),
        Mistake(
            wrong: "receivers: {networks: [10.0.0.0/33]}\nstore: {sqlite: ./tenant.sqlite}",
            right: "store: {sqlite: ./tenant.sqlite}",
            error: "tenant.yaml:3: receivers.networks[0]: `10.0.0.0/33` cannot be read"
        ),
        Mistake(
            wrong: "receivers: {allow: [\"https://receiver.example\"]}\nstore: {sqlite: ./tenant.sqlite}",
            right: "store: {sqlite: ./tenant.sqlite}",
            error: "tenant.yaml:3: receivers.allow[0]: `https://receiver.example` cannot be read"
        ),
        Mistake(wrong: "store: [", right: "store: {sqlite: ./tenant.sqlite}", error: "tenant.yaml: not YAML: "),
    ]

    @Test("A mistake in the configuration is named with its line, its key and the mend", arguments: mistakes)
    func isNamed(_ mistake: Mistake) throws {
        defer { program.remove() }
        try prepare(Self.configuration.replacing(mistake.right, with: mistake.wrong))
        let ending = try program.run("serve", "--config", "tenant.yaml")
        #expect(ending.status == 4)
        #expect(ending.diagnosis.contains(mistake.error), "\(ending.diagnosis)")
        #expect(ending.diagnosis.contains("rekey: hint: "), "\(ending.diagnosis)")
    }

    @Test("A token that is missing, short or given to two is refused")
    func tokens() throws {
        defer { program.remove() }
        try prepare()
        #expect(try program.run("master-key", "create", "master.key").status == 0)
        try program.file("token", "short")
        let short = try program.run("serve", "--config", "tenant.yaml")
        #expect(short.status == 4 && short.diagnosis.contains("no token of 20 or more characters for administrator"))
        #expect(!short.diagnosis.contains("short\n"))

        let second = "  - {name: second, role: tenantAdministrator, organisation: tenant, tokenFile: ./token}\n"
        let people =
            "people:\n  - {name: administrator, role: tenantAdministrator, organisation: tenant, tokenFile: ./token}\n"
        try prepare(
            Self.configuration.split(separator: "\n").dropLast().joined(separator: "\n") + "\n" + people + second
        )
        let same = try program.run("serve", "--config", "tenant.yaml")
        #expect(same.status == 4 && same.diagnosis.contains("administrator and second have the same token"))
    }

    @Test("A store that is none, and a flow file with a mistake, are told by name")
    func files() throws {
        defer { program.remove() }
        try prepare()
        #expect(try program.run("master-key", "create", "master.key").status == 0)
        try program.file("tenant.sqlite", "this is no database, and long enough to be seen as none")
        let store = try program.run("serve", "--config", "tenant.yaml")
        #expect(store.status == 4 && store.diagnosis.contains("tenant.sqlite cannot be opened"), "\(store.diagnosis)")

        try program.file("flow.yaml", "id: orders\npattern: broadcast\n")
        let flow = try program.run("flow", "check", "flow.yaml")
        #expect(
            flow.status == 4 && flow.diagnosis.hasPrefix("rekey: error: flow.yaml:2: pattern: "),
            "\(flow.diagnosis)"
        )
    }
}

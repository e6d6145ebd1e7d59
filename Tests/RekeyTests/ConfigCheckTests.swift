import Foundation
import Keystore
import StoreSQLite
import Testing

@Suite("rekey config check")
struct ConfigCheckTests {
    private static let configuration = """
        organisation: tenant
        listen: {messages: "127.0.0.1:0", management: "127.0.0.1:0"}
        store: {sqlite: ./tenant.sqlite}
        masterKey: {file: ./master.key}
        flows: ./flows
        partners: [{id: sender, keys: dual, role: sender}]
        people: [{name: first, role: tenantAdministrator, organisation: tenant, tokenFile: ./first}]

        """
    private static let flow = """
        id: orders
        pattern: oneWay
        sender: {partner: sender, path: /in/orders, request: {verify: [sender-sign]}}
        receiver: {partner: receiver, url: "https://orders.example/", request: {sign: request-sign}}

        """

    private let program: Program

    init() throws {
        program = try Program()
        try FileManager.default.createDirectory(
            at: program.folder.appending(path: "flows"),
            withIntermediateDirectories: true
        )
        try program.file("flows/orders.yaml", Self.flow)
        try program.file("first", "a-token-of-the-person-first")
        _ = try program.run("master-key", "create", "master.key")
    }

    private func check(
        _ configuration: String = configuration,
        _ environment: [String: String] = [:]
    ) throws
        -> Program.Ending
    {
        try program.file("tenant.yaml", configuration)
        return try program.run("config", "check", "--config", "tenant.yaml", environment: environment)
    }

    @Test("What is in order is said, with warnings of what ought to be otherwise")
    func order() throws {
        defer { program.remove() }
        let ending = try check()
        #expect(ending.status == 0 && ending.output.hasPrefix("tenant.yaml is in order: "), "\(ending.diagnosis)")
        #expect(ending.output.contains("others than the owner may use") && ending.output.contains("chmod 600"))
        #expect(ending.output.contains("names the partner receiver, whom `partners` does not have"))
        #expect(ending.output.contains("there is no store"))
        #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "tenant.sqlite").path))
    }

    @Test("Every error is named in one run, each with what mends it")
    func errors() throws {
        defer { program.remove() }
        try program.file("flows/broken.yaml", "id: broken\npattern: broadcast\n")
        try program.file("flows/second.yaml", Self.flow)
        let ending = try check(
            Self.configuration.replacing("tokenFile: ./first", with: "tokenFile: ./missing")
                .replacing("./master.key", with: "./other.key")
                .replacing("messages: \"127.0.0.1:0\"", with: "messages: \"192.0.2.7:1\"")
        )
        #expect(ending.status == 4 && ending.output.isEmpty)
        for words in [
            "no master key", "characters for first in", "nobody can listen on 192.0.2.7:1", "broken.yaml:2: pattern",
            "a second flow orders",
        ] {
            #expect(ending.diagnosis.contains(words), "\(words): \(ending.diagnosis)")
        }
        let lines = ending.diagnosis.split(separator: "\n")
        #expect(lines.count { $0.hasPrefix("rekey: error: ") } == lines.count { $0.hasPrefix("rekey: hint: ") })
    }

    @Test("Flows are held against the keys of the store, and a store under another master key is told")
    func keystore() async throws {
        defer { program.remove() }
        _ = try check()
        let tenant = try RunningTenant(program, configuration: "tenant.yaml")
        let create = ["key", "create", "request-sign", "--server", tenant.management, "--token-file", "first"]
        #expect(try program.run(create + ["--days", "10"]).status == 0)
        #expect(tenant.terminate() == 0)
        let ending = try check()
        #expect(ending.output.contains("names sender-sign to verify at its sender, and there is no such key"))
        #expect(ending.output.contains("request-sign to sign at its receiver, and its certificate ends within 30 days"))
        let store = try SQLiteStore(path: program.folder.appending(path: "tenant.sqlite").path)
        let id = KeyVersionID(alias: try KeyAlias("request-sign"), number: 1)
        try await store.write { (transaction: any KeystoreTransaction) in
            guard var version = try transaction.version(id) else { return }
            version.sealedPrivateKey?[60] ^= 1
            try transaction.update(version)
        }
        try store.close()
        let broken = try check()
        #expect(broken.status == 4 && broken.diagnosis.contains("request-sign version 1"), "\(broken.diagnosis)")
        try FileManager.default.removeItem(at: program.folder.appending(path: "master.key"))
        _ = try program.run("master-key", "create", "master.key")
        let other = try check()
        #expect(other.status == 4 && other.diagnosis.contains("cannot be opened"), "\(other.diagnosis)")
    }

    @Test("Secrets may be systemd's credentials")
    func credentials() throws {
        defer { program.remove() }
        let configuration = Self.configuration.replacing("tokenFile: ./first", with: "tokenCredential: first")
            .replacing("{file: ./master.key}", with: "{credential: master.key}")
        #expect(try check(configuration, ["CREDENTIALS_DIRECTORY": program.folder.path]).status == 0)
        let outside = try check(configuration)
        #expect(outside.status == 4 && outside.diagnosis.contains("CREDENTIALS_DIRECTORY"))
        let escape = try check(configuration.replacing("tokenCredential: first", with: "tokenCredential: ../first"))
        #expect(escape.status == 4 && escape.diagnosis.contains("is no name of a credential"))
    }
}

import Foundation
import TestSupport
import Testing

@Suite("The keystore's commands")
struct KeystoreCommandTests {
    private static func configuration(_ masterKeys: String) -> String {
        """
        organisation: tenant
        listen: {messages: "127.0.0.1:0", management: "127.0.0.1:0"}
        store: {sqlite: ./tenant.sqlite}
        \(masterKeys)
        partners:
          - {id: northwind, keys: dual, role: receiver}
        people:
          - {name: first, role: tenantAdministrator, organisation: tenant, tokenFile: ./first}
          - {name: second, role: tenantAdministrator, organisation: tenant, tokenFile: ./second}

        """
    }

    private static func prepare(_ program: Program) throws {
        for (name, octet) in [("old.key", UInt8(7)), ("new.key", 8)] {
            try program.file(name, Data(repeating: octet, count: 32).base64EncodedString())
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600],
                ofItemAtPath: program.folder.appending(path: name).path
            )
        }
        for person in ["first", "second"] { try program.file(person, "a-token-of-the-person-" + person) }
        try program.file("password", "correct horse battery\n")
        try program.file("peerpass", "peerpass\n")
        for name in ["orders.jks", "orders.legacy.p12"] {
            try Data(Vectors.octets("keystores/\(name)")).write(to: program.folder.appending(path: name))
        }
    }

    /// Runs a tenant with these master keys, and `body` with its commands; it must end well.
    private static func serve(
        _ program: Program,
        _ masterKeys: String,
        _ body: ((String, [String]) throws -> Program.Ending) throws -> Void
    ) throws {
        try program.file("tenant.yaml", configuration(masterKeys))
        let tenant = try RunningTenant(program, configuration: "tenant.yaml")
        try body { person, arguments in
            try program.run(arguments, as: person, at: tenant)
        }
        #expect(tenant.terminate() == 0)
    }

    @Test("Keystores are taken in after a summary, keys go out by two persons, what is secret is shown nowhere")
    func inAndOut() throws {
        let program = try Program()
        defer { program.remove() }
        try Self.prepare(program)
        try Self.serve(program, "masterKey: {file: ./old.key}") { run in
            let take = ["keystore", "import", "orders.jks", "--partner", "northwind", "--password-file", "peerpass"]
            let summary = try run("first", take)
            #expect(summary.status == 0 && summary.output.contains("nothing is changed; do it with --apply"))
            #expect(summary.output.contains("orders-decrypt  refuse"), "\(summary.output)")
            #expect(try run("first", ["key", "list"]).output.contains("orders-sign") == false)
            #expect(try run("first", take + ["--apply"]).status == 0)
            #expect(try run("first", ["key", "list"]).output.contains("orders-sign"))

            let locked = try run("first", ["key", "import", "again", "--file", "orders.legacy.p12"])
            #expect(locked.status == 2 && locked.diagnosis.contains("--password-file"))
            #expect(locked.diagnosis.contains("no password was given"))
            var octets = try Vectors.octets("keystores/orders.jks")
            octets[octets.count - 1] ^= 1
            try Data(octets).write(to: program.folder.appending(path: "damaged.jks"))
            try program.file("cut.pem", "-----BEGIN PRIVATE KEY-----\nMIIE")
            for (file, words) in [
                (
                    "damaged.jks",
                    ["or the file was changed or cut off", "hint: give the right password; when it is right, get"]
                ),
                ("cut.pem", ["END PRIVATE KEY is missing", "hint: get the whole file again"]),
            ] {
                let bad = try run("first", ["key", "import", "again", "--file", file, "--password-file", "peerpass"])
                #expect(bad.status == 2 && words.allSatisfy(bad.diagnosis.contains), "\(bad.diagnosis)")
            }
            let again = ["key", "import", "again", "--file", "orders.legacy.p12", "--password-file", "peerpass"]
            #expect(try run("first", again).status == 0)
            let wrong = again + ["--fingerprint", String(repeating: "AB", count: 32)]
            #expect(try run("first", wrong).diagnosis.contains("do not take it"))

            let asked = try run("first", ["key", "export", "request", "again", "--version", "1", "--reason", "move"])
            let export = try #require(asked.output.split(separator: " ").first.map(String.init))
            let collect = ["key", "export", "collect", export, "--file", "out.p12", "--password-file", "password"]
            #expect(try run("first", collect).status == 1)
            #expect(!FileManager.default.fileExists(atPath: program.folder.appending(path: "out.p12").path))
            #expect(try run("second", ["key", "export", "approve", export]).status == 0)
            #expect(try run("first", collect).status == 0)
            let shown = try program.run(
                shell:
                    "openssl pkcs12 -in \(program.folder.path)/out.p12 -passin file:\(program.folder.path)/password -nodes"
            )
            #expect(shown.status == 0 && shown.output.contains("BEGIN PRIVATE KEY"))
            let request = try run("first", ["key", "request", "fresh", "--kind", "p-256"])
            #expect(request.output.hasPrefix("-----BEGIN CERTIFICATE REQUEST-----"))
            let audit = try run("first", ["key", "audit"]).output
            #expect(audit.contains("key.export-approve") && !audit.contains("peerpass") && !audit.contains("horse"))
        }
    }

    @Test("The master key is changed: both are known, then the new one alone; a backup of before comes back meanwhile")
    func rotation() throws {
        let program = try Program()
        defer { program.remove() }
        try Self.prepare(program)
        try Self.serve(program, "masterKey: {file: ./old.key}") { run in
            let made = try run("first", ["key", "create", "orders-sign", "--kind", "p-256"])
            #expect(made.status == 0)
            let backup = ["keystore", "backup", "keys.backup", "--password-file", "password"]
            #expect(try run("first", backup).output.hasSuffix(" versions in keys.backup\n"))
            #expect(try run("first", backup).status == 1)
            #expect(try run("first", ["master-key", "rotate"]).diagnosis.contains("formerMasterKey"))
        }
        try Self.serve(program, "masterKey: {file: ./new.key}\nformerMasterKey: {file: ./old.key}") { run in
            let rotated = try run("first", ["master-key", "rotate"])
            #expect(rotated.output.hasPrefix("sealed anew: "), "\(rotated.diagnosis)")
            #expect(!rotated.output.hasPrefix("sealed anew: 0 "))
            #expect(try run("first", ["master-key", "rotate"]).output.hasPrefix("sealed anew: 0 private keys"))
            #expect(try run("first", ["audit", "list"]).output.contains("master-key.rotate"))
            let restore = ["keystore", "restore", "keys.backup", "--password-file", "password"]
            let diff = try run("first", restore).output.split(separator: "\n")
            #expect(diff.contains { $0.hasPrefix("orders-sign 1 ") && $0.contains(" same ") })
        }
        try Self.serve(program, "masterKey: {file: ./new.key}") { run in
            let listed = try run("first", ["key", "list"])
            #expect(listed.output.contains("orders-sign"))
        }
        try program.file("tenant.yaml", Self.configuration("masterKey: {file: ./old.key}"))
        let other = try program.run("serve", "--config", "tenant.yaml")
        #expect(other.status == 4 && other.diagnosis.contains("a new key opens nothing"), "\(other.diagnosis)")
        #expect(other.diagnosis.contains("master-key create") == false)
    }
}

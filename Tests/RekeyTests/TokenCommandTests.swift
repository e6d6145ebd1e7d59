import Foundation
import Testing

@Suite("Keys in tokens", .enabled(if: TokenFiles.isWanted, "\(TokenFiles.absence)"))
struct TokenCommandTests {
    @Test("A key moves from the keystore into a token, which lets it not out again")
    func move() throws {
        let program = try Program()
        defer { program.remove() }
        let files = try TokenFiles(program)
        #expect(
            try program.run("config", "check", "--config", "tenant.yaml", environment: files.environment).status == 0
        )
        let tenant = try RunningTenant(program, configuration: "tenant.yaml", environment: files.environment)
        func run(_ person: String, _ arguments: String...) throws -> Program.Ending {
            try program.run(arguments, as: person, at: tenant)
        }
        #expect(try run("first", "key", "create", "orders-sign", "--kind", "p-256").status == 0)
        let made = try run("first", "key", "create", "orders-sign", "--kind", "p-256", "--token", "hsm")
        #expect(made.output.contains("in:             the token 'hsm', 'orders-sign-2', id "), "\(made.diagnosis)")
        let exchanged = try run("first", "key", "exchange", "orders-sign", "--reason", "into the HSM")
        #expect(exchanged.output.contains("version 2: active"), "\(exchanged.diagnosis)")

        let request = try run("first", "key", "request", "orders-sign", "--kind", "p-256", "--token", "hsm")
        #expect(request.output.contains("BEGIN CERTIFICATE REQUEST"), "\(request.diagnosis)")
        let unknown = try run("first", "key", "create", "orders-sign", "--token", "other")
        #expect(unknown.status == 1 && unknown.diagnosis.contains("names no token 'other'"), "\(unknown.diagnosis)")

        let export = try run("first", "key", "export", "request", "orders-sign", "--version", "2", "--reason", "move")
        #expect(export.status == 1 && export.diagnosis.contains("lies in the token 'hsm', which lets none out"))
        let backup = try run("first", "keystore", "backup", "keys.backup", "--password-file", "password")
        #expect(backup.output.contains("the private keys of 2 are in tokens, not in the file"), "\(backup.output)")
        #expect(tenant.terminate() == 0)
        #expect(!tenant.rest().contains(TokenFiles.pin))
    }

    @Test("A key of a file is brought into a token, and the file is named that still holds it")
    func bring() throws {
        let program = try Program()
        defer { program.remove() }
        let files = try TokenFiles(program)
        let openssl =
            "openssl req -x509 -newkey rsa:2048 -nodes -keyout orders.key -out orders.crt -subj /CN=orders -days 30"
        #expect(try program.run(shell: "cd \(program.folder.path) && \(openssl)").status == 0)
        let tenant = try RunningTenant(program, configuration: "tenant.yaml", environment: files.environment)
        func run(_ arguments: String...) throws -> Program.Ending {
            try program.run(arguments, as: "first", at: tenant)
        }
        let pair = ["--file", "orders.key", "--certificate", "orders.crt"]
        func bring(_ more: String...) throws -> Program.Ending {
            try program.run(["key", "import", "orders-sign"] + pair + more, as: "first", at: tenant)
        }
        let nobodys = try bring("--token", "hsm", "--partner", "northwind")
        #expect(nobodys.status == 1 && nobodys.diagnosis.contains("a partner's certificate has no private key"))
        #expect(try bring("--token", "other").diagnosis.contains("names no token 'other'"))
        let brought = try bring("--token", "hsm")
        #expect(
            brought.output.contains("in:             the token 'hsm', 'orders-sign-1', id "),
            "\(brought.diagnosis)"
        )
        #expect(brought.output.contains("orders.key still holds the private key"), "\(brought.output)")
        let backup = try run("keystore", "backup", "keys.backup", "--password-file", "password")
        #expect(backup.output.contains("the private keys of 1 are in tokens, not in the file"), "\(backup.output)")
        #expect(try run("audit", "list").output.contains("in the token 'hsm', 'orders-sign-1'"))
        let request = try run("key", "request", "orders-sign", "--version", "1")
        #expect(request.output.contains("BEGIN CERTIFICATE REQUEST"), "\(request.diagnosis)")
        #expect(tenant.terminate() == 0)
    }

    @Test("A token that does not sign by Ed25519 refuses such keys by name, and keeps none")
    func restricted() throws {
        let program = try Program()
        defer { program.remove() }
        let files = try TokenFiles(program, mechanisms: "CKM_RSA_PKCS,CKM_EC_KEY_PAIR_GEN,CKM_ECDSA")
        let tenant = try RunningTenant(program, configuration: "tenant.yaml", environment: files.environment)
        func run(_ arguments: String...) throws -> Program.Ending {
            try program.run(arguments, as: "first", at: tenant)
        }
        func create(_ kind: String) throws -> Program.Ending {
            try run("key", "create", "orders", "--token", "hsm", "--kind", kind)
        }
        let refused = try create("ed25519")
        // SoftHSM makes the pair, and does not sign by it then.
        let cause = "the token 'hsm': signing by Ed25519: C_SignInit returned CKR_MECHANISM_INVALID"
        #expect(refused.status == 1 && refused.diagnosis.contains(cause), "\(refused.diagnosis)")
        #expect(try run("key", "show", "orders").status == 1)
        #expect(try create("p-256").status == 0)
        #expect(tenant.terminate() == 0)
    }

    @Test("A tenant starts while its token is away, and says so")
    func absence() throws {
        let program = try Program()
        defer { program.remove() }
        let files = try TokenFiles(program)
        try FileManager.default.removeItem(at: program.folder.appending(path: "tokens"))
        try FileManager.default.createDirectory(
            at: program.folder.appending(path: "tokens"),
            withIntermediateDirectories: true
        )
        let tenant = try RunningTenant(program, configuration: "tenant.yaml", environment: files.environment)
        #expect(try program.run(["key", "create", "orders"], as: "first", at: tenant).status == 0)
        let held = try program.run(["key", "create", "orders", "--token", "hsm"], as: "first", at: tenant)
        #expect(held.status == 1 && held.diagnosis.contains("there is no token with the label 'tenant'"))
        #expect(tenant.terminate() == 0)
    }

    @Test("Config check tries each token, and names a wrong PIN, a missing module and files that others may use")
    func check() throws {
        let program = try Program()
        defer { program.remove() }
        let files = try TokenFiles(program)
        func check() throws -> Program.Ending {
            try program.run("config", "check", "--config", "tenant.yaml", environment: files.environment)
        }
        try program.file("hsm.pin", "0000\n")
        let wrong = try check()
        #expect(
            wrong.status == 4 && wrong.diagnosis.contains("CKR_PIN_INCORRECT: the PIN is wrong"),
            "\(wrong.diagnosis)"
        )
        try files.writePIN(permissions: 0o644)
        let shown = try check()
        #expect(shown.status == 4 && shown.diagnosis.contains("others may use the PIN of the token hsm"))
        #expect(shown.diagnosis.contains("chmod 600"))
        try files.writePIN(permissions: 0o600)
        try files.writeConfiguration(module: "./module.so")
        #expect(try check().diagnosis.contains("the module of the token hsm is not at"))
        try program.file("module.so", "no library")
        let module = program.folder.appending(path: "module.so").path
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: module)
        #expect(try check().diagnosis.contains("others may change the module of the token hsm"))
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: module)
        #expect(try check().diagnosis.contains("the token 'hsm': the module cannot be loaded"))
    }
}

/// A tenant with a SoftHSM token.
struct TokenFiles {
    static let module = [
        "/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so",
        "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so",
    ]
    .first { FileManager.default.fileExists(atPath: $0) }
    /// Whether the tests are to run: SoftHSM is there, or must be.
    static let isWanted = module != nil || ProcessInfo.processInfo.environment["CI"] != nil
    static let absence = "SoftHSM is missing; scripts/setup test installs it"
    static let pin = "secret-pin-2468"

    let environment: [String: String]
    private let program: Program

    /// With `mechanisms` SoftHSM offers these alone.
    init(_ program: Program, mechanisms: String = "ALL") throws {
        self.program = program
        let module = try #require(Self.module, "\(Self.absence)")
        let tokens = program.folder.appending(path: "tokens")
        try FileManager.default.createDirectory(at: tokens, withIntermediateDirectories: true)
        let settings = try program.file(
            "softhsm2.conf",
            "directories.tokendir = \(tokens.path)\nobjectstore.backend = file\nlog.level = ERROR\n"
                + "slots.mechanisms = \(mechanisms)\n"
        )
        environment = ["SOFTHSM2_CONF": settings.path]
        let line =
            "SOFTHSM2_CONF=\(settings.path) softhsm2-util --init-token --free --label tenant --pin \(Self.pin) "
            + "--so-pin officer-2468"
        #expect(try program.run(shell: line).status == 0)
        try program.file("master.key", Data(repeating: 7, count: 32).base64EncodedString())
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600],
            ofItemAtPath: program.folder.appending(path: "master.key").path
        )
        try program.file("first", "a-token-of-the-person-first")
        try program.file("password", "correct horse battery\n")
        try writePIN(permissions: 0o600)
        try writeConfiguration(module: module)
    }

    func writePIN(permissions: Int) throws {
        let file = try program.file("hsm.pin", Self.pin + "\n")
        try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)
    }

    func writeConfiguration(module: String) throws {
        try program.file(
            "tenant.yaml",
            """
            organisation: tenant
            listen: {messages: "127.0.0.1:0", management: "127.0.0.1:0"}
            store: {sqlite: ./tenant.sqlite}
            masterKey: {file: ./master.key}
            tokens:
              - {name: hsm, module: \(module), label: tenant, pinFile: ./hsm.pin}
            people:
              - {name: first, role: tenantAdministrator, organisation: tenant, tokenFile: ./first}

            """
        )
    }
}

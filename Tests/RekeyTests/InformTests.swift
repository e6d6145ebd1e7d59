import Foundation
import Testing

@Suite("Informs of the running program")
struct InformTests {
    @Test("Killed before and while it sends, the tenant delivers every inform after its next start")
    func killed() throws {
        let program = try Program()
        defer { program.remove() }
        let port = try Self.freePort()
        try prepare(program, port)
        var tenant = try RunningTenant(program, configuration: "tenant.yaml")
        #expect(
            try program.run(["key", "create", "reply-sign", "--kind", "p-256"], as: "first", at: tenant).status == 0
        )
        #expect(try program.run(["renewal", "start", "reply-sign"], as: "first", at: tenant).status == 0)
        #expect(
            try program.run(["renewal", "step", "reply-sign-1", "1-create-key-pair"], as: "first", at: tenant).status
                == 0
        )
        #expect(
            try program.run(["renewal", "step", "reply-sign-1", "2-provide-certificate"], as: "first", at: tenant)
                .status == 0
        )
        // Nobody listens yet: the process ends without having delivered anything.
        tenant.kill()

        let silent = try MailServer(port: port, ["--silent", "1"])
        tenant = try RunningTenant(program, configuration: "tenant.yaml")
        #expect(try silent.next().contains("rekey inbox acknowledge reply-sign-1.2-provide-certificate"))
        tenant.kill()
        silent.end()

        let peer = try MailServer(port: port, [])
        tenant = try RunningTenant(program, configuration: "tenant.yaml")
        let mail = try peer.next()
        #expect(mail.contains("SHA-256 fingerprint") && mail.contains("an earlier one with the same Message-ID"))
        let link = try #require(mail.firstMatch(of: /http:\/\/127\.0\.0\.1:1\/acknowledge\/([A-Za-z0-9_-]+)/)).output.1
        let page = try Self.post(tenant.management + "/acknowledge/" + link, "act=acknowledge")
        #expect(page.contains("Thank you"))
        let inbox = try program.run(["inbox", "list", "--all"], as: "partner", at: tenant)
        #expect(inbox.output.contains("acknowledged 2") && inbox.output.contains("SHA-256 fingerprint"))
        #expect(try program.run(["inbox"], as: "partner", at: tenant).output == "nothing new\n")
        let deliveries = try program.run(["inbox", "deliveries", "--state", "undeliverable"], as: "first", at: tenant)
        #expect(deliveries.output == "no deliveries\n")
        #expect(tenant.terminate() == 0)
        peer.end()
    }

    @Test("The check of a configuration names secrets that are missing and partners whom nobody tells")
    func review() throws {
        let program = try Program()
        defer { program.remove() }
        try prepare(program, 25)
        let fine = try program.run("config", "check", "--config", "tenant.yaml")
        #expect(fine.status == 0 && fine.output.contains("nobody of receiver is told by mail or webhook"))
        let text = try String(contentsOf: program.folder.appending(path: "tenant.yaml"), encoding: .utf8)
        for (from, to, cause) in [
            ("from: rekey@tenant.example", #"from: "rekey@tenant.example\r\nBcc: a@b""#, "is no plain mail address"),
            ("127.0.0.1:25", "mail.example:25", "in the clear to another machine"),
            ("security: none", "user: rekey", "one place of the password is expected"),
            ("http://127.0.0.1:1", "http://partner.example", "is no https address"),
            (
                "links:",
                "webhooks: [{name: a, url: http://b.example/, organisation: sender, secretFile: x}]\n  links:",
                "is no https"
            ),
            (
                "links:",
                "webhooks: [{name: a, url: https://b.example/, organisation: sender, secretFile: short}]\n  links:",
                "no secret of 24"
            ),
        ] {
            try program.file("tenant.yaml", text.replacing(from, with: to))
            let ending = try program.run("config", "check", "--config", "tenant.yaml")
            #expect(ending.status == 4 && ending.diagnosis.contains(cause), "\(to): \(ending.diagnosis)")
        }
    }

    private func prepare(_ program: Program, _ port: Int) throws {
        try program.file("master.key", Data(repeating: 7, count: 32).base64EncodedString())
        for (name, text) in [("first", "token-of-the-first-person"), ("partner", "token-of-the-partner-person")] {
            try program.file(name, text)
        }
        for name in ["master.key", "first", "partner"] {
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600],
                ofItemAtPath: program.folder.appending(path: name).path
            )
        }
        try program.file("short", "too-short")
        try program.file("tenant.yaml", Self.configuration.replacing("PORT", with: "\(port)"))
        try FileManager.default.createDirectory(
            at: program.folder.appending(path: "flows"),
            withIntermediateDirectories: true
        )
        try program.file("flows/orders.yaml", Self.flow)
    }

    private static let configuration = """
        organisation: tenant
        listen: {messages: "127.0.0.1:0", management: "127.0.0.1:0"}
        receivers: {networks: ["127.0.0.0/8"]}
        store: {sqlite: ./tenant.sqlite}
        masterKey: {file: ./master.key}
        flows: ./flows
        partners:
          - {id: sender, keys: dual, role: sender}
          - {id: receiver, keys: single, role: receiver}
        people:
          - {name: first, role: tenantAdministrator, organisation: tenant, mail: first@tenant.example, tokenFile: ./first}
          - {name: partner, role: senderAdministrator, organisation: sender, tokenFile: ./partner}
        informs:
          mail: {server: "127.0.0.1:PORT", security: none, from: rekey@tenant.example}
          contacts:
            - {name: key desk, role: senderAdministrator, organisation: sender, mail: keys@sender.example}
          links: {base: "http://127.0.0.1:1"}
          retries: {first: 1}

        """
    private static let flow = """
        id: orders
        pattern: requestReply
        sender:
          partner: sender
          path: /in/orders
          request: {verify: [sender-sign]}
          response: {sign: reply-sign}
        receiver:
          partner: receiver
          url: http://127.0.0.1:1/
          request: {}
          response: {}

        """

    private static func freePort() throws -> Int {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [
            "-c", "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])",
        ]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    /// Sends a form and returns the page.
    private static func post(_ url: String, _ form: String) throws -> String {
        let parts = url.dropFirst("http://127.0.0.1:".count).split(separator: "/", maxSplits: 1)
        let socket = try TenantSocket(port: #require(Int(parts[0])))
        socket.send(
            "POST /\(parts[1]) HTTP/1.1\r\nHost: tenant\r\nContent-Length: \(form.utf8.count)\r\nConnection: close\r\n\r\n\(form)"
        )
        return socket.receive(until: "</html>")
    }
}

/// `Peers/mail/server.py` on a port of the test's choice.
private final class MailServer {
    private let process = Process()
    private let output = Pipe()
    private let input = Pipe()
    private var text = ""

    init(port: Int, _ arguments: [String]) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardizedFileURL
        process.executableURL = URL(filePath: "/usr/bin/python3")
        process.arguments = [root.appending(path: "Peers/mail/server.py").path, "--port", "\(port)"] + arguments
        process.standardOutput = output
        process.standardInput = input
        process.standardError = FileHandle.nullDevice
        try process.run()
        _ = try line()
    }

    /// The text of the next mail that it took.
    func next() throws -> String {
        struct Mail: Decodable {
            struct Part: Decodable { let text: String }
            let parts: [Part]
        }
        return try JSONDecoder().decode(Mail.self, from: Data(line().utf8)).parts.first?.text ?? ""
    }

    func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private func line() throws -> String {
        while true {
            if let end = text.firstIndex(of: "\n") {
                defer { text = String(text[text.index(after: end)...]) }
                return String(text[..<end])
            }
            let more = output.fileHandleForReading.availableData
            try #require(!more.isEmpty)
            text += String(decoding: more, as: UTF8.self)
        }
    }
}

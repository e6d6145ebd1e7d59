import Foundation
import Testing

@Suite("TLS with keys in tokens", .enabled(if: TokenFiles.isWanted, "\(TokenFiles.absence)"))
struct TokenTLSTests {
    @Test(
        "A listener and a client certificate of a token serve TLS 1.2 and 1.3, and after an exchange the next ones do"
    )
    func bothEnds() throws {
        let program = try Program()
        defer { program.remove() }
        let files = try TokenFiles(program)
        try prepare(program)
        let receiver = try Side(program, "receiver", files)
        let sender = try Side(program, "sender", files)

        var server = try receiver.makeKey("server-tls", "--kind", "p-256", "--host", "127.0.0.1")
        var client = try sender.makeKey("client-tls", "--kind", "rsa-2048")
        try sender.trust(server, as: "receiver-tls", of: "receiver")
        try receiver.trust(client, as: "sender-tls", of: "sender")
        try receiver.deploy(Self.arrivals)
        try sender.deploy(Self.orders(receiver.tenant.messagePort))
        let port = receiver.tenant.messagePort
        for version in ["-tls1_2", "-tls1_3"] {
            let seen = try program.run(shell: Self.look(port, trusting: server, version))
            #expect(seen.status == 0, "\(seen.diagnosis)")
        }
        #expect(try sender.post().hasPrefix("HTTP/1.1 202 "))
        try wait(for: "the first message") { try receiver.waiting() == 1 }
        #expect(
            try sender.metrics().contains(#"rekey_tls_handshakes_total{alias="client-tls",version="1",end="client"} "#)
        )

        let old = server
        server = try receiver.makeKey("server-tls", "--kind", "rsa-2048", "--host", "127.0.0.1")
        client = try sender.makeKey("client-tls", "--kind", "p-256")
        try sender.trust(server, as: "receiver-tls", of: "receiver")
        try receiver.trust(client, as: "sender-tls", of: "sender")
        try receiver.exchange("server-tls")
        try sender.exchange("client-tls")
        for version in ["-tls1_2", "-tls1_3"] {
            #expect(try program.run(shell: Self.look(port, trusting: server, version)).status == 0)
            #expect(try program.run(shell: Self.look(port, trusting: old, version)).status != 0)
        }
        #expect(try sender.post().hasPrefix("HTTP/1.1 202 "))
        try wait(for: "the second message: \(sender.queue())") { try receiver.waiting() == 2 }
        #expect(
            try sender.metrics().contains(#"rekey_tls_handshakes_total{alias="client-tls",version="2",end="client"} "#)
        )
        #expect(try receiver.metrics().contains(#"{alias="server-tls",version="2",end="server"}"#))
        #expect(sender.tenant.terminate() == 0 && receiver.tenant.terminate() == 0)
    }

    /// Another TLS stack that trusts one certificate, and nothing else.
    private static func look(_ port: Int, trusting file: String, _ version: String) -> String {
        "openssl s_client -connect 127.0.0.1:\(port) -CAfile \(file) -verify_return_error -verify_ip 127.0.0.1 \(version) "
            + "</dev/null"
    }

    private static func orders(_ port: Int) -> String {
        """
        id: orders
        pattern: oneWay
        sender: {partner: sender, path: /in/orders, request: {}}
        receiver:
          partner: receiver
          url: "https://127.0.0.1:\(port)/in/arrivals"
          tls: {trust: [receiver-tls], certificate: client-tls}
          request: {}

        """
    }

    /// Nobody takes what arrives, so that it can be counted.
    private static let arrivals = """
        id: arrivals
        pattern: oneWay
        sender: {partner: sender, path: /in/arrivals, authorisation: {certificate: [sender-tls]}, request: {}}
        receiver: {partner: receiver, url: "http://127.0.0.1:9/", request: {}}

        """

    private func prepare(_ program: Program) throws {
        try program.file("developer", "a-token-of-the-person-developer")
        let common = try String(contentsOf: program.folder.appending(path: "tenant.yaml"), encoding: .utf8)
        let people =
            "  - {name: developer, role: integrationDeveloper, organisation: tenant, tokenFile: ./developer}\n"
            + "receivers: {networks: [\"127.0.0.0/8\"]}\n"
            + "partners: [{id: sender, keys: dual, role: sender}, {id: receiver, keys: dual, role: receiver}]\n"
        for name in ["sender", "receiver"] {
            try program.file(
                "\(name).yaml",
                common.replacing("tenant.sqlite", with: "\(name).sqlite")
                    .replacing(
                        #"messages: "127.0.0.1:0""#,
                        with: name == "sender"
                            ? #"messages: "127.0.0.1:0""#
                            : #"messages: {address: "127.0.0.1:0", tls: {alias: server-tls, clientCertificates: optional}}"#
                    ) + people
            )
        }
    }

    private struct InVain: Error {
        let what: String
    }

    private func wait(for what: @autoclosure () throws -> String, until holds: () throws -> Bool) throws {
        let end = ContinuousClock.now + .seconds(30)
        while try !holds() {
            guard ContinuousClock.now < end else { throw InVain(what: try what()) }
            usleep(50_000)
        }
    }
}

/// One of two tenants that reach each other over TLS, with keys in one token.
private struct Side {
    let tenant: RunningTenant
    private let name: String
    private let program: Program

    init(_ program: Program, _ name: String, _ files: TokenFiles) throws {
        (self.program, self.name) = (program, name)
        tenant = try RunningTenant(program, configuration: "\(name).yaml", environment: files.environment)
    }

    /// Makes a key in the token, and returns the file of its certificate.
    func makeKey(_ alias: String, _ more: String...) throws -> String {
        let made = try run(["key", "create", alias, "--token", "hsm", "-o", "json"] + more)
        let numbers = made.output.matches(of: /"number" : ([0-9]+)/).compactMap { Int($0.output.1) }
        let version = try #require(numbers.max(), "\(made.diagnosis)")
        #expect(made.output.contains("the token 'hsm'"))
        let certificate = try run(["key", "certificate", alias, "--version", "\(version)"])
        try program.file("\(alias)-\(version).pem", certificate.output)
        return "\(alias)-\(version).pem"
    }

    func trust(_ file: String, as alias: String, of partner: String) throws {
        let taken = try run(["key", "import", alias, "--certificate", file, "--partner", partner])
        #expect(taken.status == 0, "\(taken.diagnosis)")
    }

    func exchange(_ alias: String) throws {
        let done = try run(["key", "exchange", alias, "--reason", "a new key"])
        #expect(done.status == 0, "\(done.diagnosis)")
    }

    func deploy(_ flow: String) throws {
        try program.file("\(name).flow", flow)
        let id = try #require(flow.firstMatch(of: /id: ([a-z]+)/)).output.1
        let done = try run(["flow", "deploy", String(id), "--file", "\(name).flow"], by: "developer")
        #expect(done.status == 0, "\(done.diagnosis)")
    }

    /// Posts a message.
    func post() throws -> String {
        let message =
            #"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a/></s:Body></s:Envelope>"#
        return try PlainTenant.post(message, to: tenant)
    }

    /// How many messages it keeps.
    func waiting() throws -> Int {
        try run(["queue", "list"], by: "developer").output.split(separator: "\n").dropFirst().count
    }

    /// What it keeps, and why.
    func queue() throws -> String { try run(["queue", "list"], by: "developer").output }

    func metrics() throws -> String {
        let port = try #require(tenant.management.split(separator: ":").last.flatMap { Int($0) })
        let socket = try TenantSocket(port: port)
        socket.send("GET /metrics HTTP/1.1\r\nHost: tenant\r\nConnection: close\r\n\r\n")
        return socket.receive(until: "the end, which is when the tenant closes")
    }

    private func run(_ arguments: [String], by person: String = "first") throws -> Program.Ending {
        try program.run(arguments, as: person, at: tenant)
    }
}

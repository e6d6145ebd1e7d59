import Foundation
import Testing

@Suite("The end of a tenant, and what systemd hears of it")
struct EndTests {
    private static let request =
        "POST /in/none HTTP/1.1\r\nHost: tenant\r\nContent-Type: text/xml\r\nContent-Length: 10\r\n\r\n"

    private func prepare(_ program: Program, bound: Int) throws {
        try program.file(
            "tenant.yaml",
            """
            organisation: tenant
            listen: {messages: "127.0.0.1:0", management: "127.0.0.1:0"}
            store: {sqlite: ./tenant.sqlite}
            masterKey: {credential: master-key}
            logging: {format: json, level: info}
            shutdown: {bound: \(bound)}
            people: [{name: first, role: tenantAdministrator, organisation: tenant, tokenCredential: first.token}]

            """
        )
        try program.file("master-key", Data(repeating: 7, count: 32).base64EncodedString())
        try program.file("first.token", "a-token-of-the-person-first")
    }

    private func start(_ program: Program, _ environment: [String: String] = [:]) throws -> RunningTenant {
        let credentials = ["CREDENTIALS_DIRECTORY": program.folder.path]
        return try RunningTenant(
            program,
            configuration: "tenant.yaml",
            environment: credentials.merging(environment) { $1 }
        )
    }

    @Test("A request under way ends, a kept connection is closed, a new one refused; the exit status is 0")
    func drain() throws {
        let program = try Program()
        defer { program.remove() }
        try prepare(program, bound: 30)
        let tenant = try start(program)
        let underWay = try TenantSocket(port: tenant.messagePort)
        underWay.send(Self.request + "01234")
        // As many as there are event loops at the least: the one of the request under way has then taken that up.
        let others = try (0..<ProcessInfo.processInfo.activeProcessorCount)
            .map { _ in try TenantSocket(port: tenant.messagePort) }
        for other in others {
            other.send(Self.request + "0123456789")
            #expect(other.receive(until: "</").hasPrefix("HTTP/1.1 404"))
        }
        let kept = try #require(others.last)

        tenant.signal()
        while (try? TenantSocket(port: tenant.messagePort)) != nil { usleep(20_000) }
        #expect(tenant.readiness.contains(#""cause":"the tenant is ending","name":"draining","ok":false"#))
        underWay.send("56789")
        #expect(underWay.receive(until: "</").hasPrefix("HTTP/1.1 404"))
        kept.send(Self.request + "0123456789")
        let late = kept.receive(until: "\r\n\r\n")
        #expect(late.isEmpty || late.hasPrefix("HTTP/1.1 503"), "\(late)")
        #expect(tenant.wait() == 0)
    }

    @Test("What does not end within the bound is cut off, and the exit status is 0")
    func bound() throws {
        let program = try Program()
        defer { program.remove() }
        try prepare(program, bound: 1)
        let tenant = try start(program)
        let stuck = try TenantSocket(port: tenant.messagePort)
        stuck.send(Self.request + "01234")
        tenant.signal()
        #expect(stuck.isClosedByPeer())
        #expect(tenant.wait() == 0)
    }

    @Test("systemd hears of the start when messages are accepted, of life, and of the end")
    func notices() throws {
        let program = try Program()
        defer { program.remove() }
        try prepare(program, bound: 5)
        let receiver = try NoticeReceiver(in: program.folder)
        let tenant = try start(program, ["NOTIFY_SOCKET": receiver.path, "WATCHDOG_USEC": "200000"])
        #expect(receiver.next().hasPrefix("READY=1\n"))
        #expect(receiver.next() == "WATCHDOG=1" && receiver.next() == "WATCHDOG=1")
        tenant.signal()
        var last = receiver.next()
        while last == "WATCHDOG=1" { last = receiver.next() }
        #expect(last.hasPrefix("STOPPING=1\n"))
        #expect(tenant.wait() == 0)
    }

    @Test("What a peer sends forges no record of the log")
    func forging() throws {
        let program = try Program()
        defer { program.remove() }
        try prepare(program, bound: 5)
        let flow = """
            id: orders
            pattern: oneWay
            sender: {partner: sender, path: /in/orders, request: {}}
            receiver: {partner: receiver, url: "http://192.0.2.1/", request: {}}
            """
        try FileManager.default.createDirectory(
            at: program.folder.appending(path: "flows"),
            withIntermediateDirectories: true
        )
        try program.file("flows/orders.yaml", flow)
        let configuration = try String(contentsOf: program.folder.appending(path: "tenant.yaml"), encoding: .utf8)
        try program.file("tenant.yaml", configuration + "flows: ./flows\nreceivers: {networks: [192.0.2.0/24]}\n")
        let tenant = try start(program)
        let body = """
            <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><x:Security \
            s:mustUnderstand="1" xmlns:x="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd">\
            <x:forged-&#10;{"message":"forged"}/></x:Security></s:Header><s:Body/></s:Envelope>
            """
        let socket = try TenantSocket(port: tenant.messagePort)
        socket.send(
            "POST /in/orders HTTP/1.1\r\nHost: tenant\r\nContent-Type: text/xml\r\n"
                + "traceparent: 00-\",\"message\":\"forged\r\ntracestate: \"},{\"message\":\"forged\"\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
        )
        _ = socket.receive(until: "\r\n\r\n")
        tenant.signal()
        let records = tenant.rest().split(separator: "\n")
        #expect(tenant.wait() == 0 && !records.isEmpty)
        for record in records {
            let object = try JSONSerialization.jsonObject(with: Data(record.utf8)) as? [String: Any]
            #expect(object?["message"] as? String != "forged" && object?["level"] != nil, "\(record)")
        }
    }
}

import Foundation
import Testing

@Suite("TLS of a tenant and its commands")
struct TLSTests {
    private static func configuration(tls: String) -> String {
        """
        organisation: tenant
        listen:
          messages: {address: "127.0.0.1:0"\(tls.replacing("}", with: ", clientCertificates: optional}"))}
          management: {address: "127.0.0.1:0"\(tls)}
        store: {sqlite: ./tenant.sqlite}
        masterKey: {file: ./master.key}
        people: [{name: administrator, role: tenantAdministrator, organisation: tenant, tokenFile: ./token}]

        """
    }

    @Test(
        "A key made over loopback serves TLS after a restart; commands trust what --ca-certificate names, and no other"
    )
    func managementOverTLS() throws {
        let program = try Program()
        defer { program.remove() }
        try program.file("token", "0123456789abcdef0123456789abcdef\n")
        #expect(try program.run("master-key", "create", "master.key").status == 0)
        try program.file("tenant.yaml", Self.configuration(tls: ""))
        try program.file("tls.yaml", Self.configuration(tls: ", tls: {alias: tenant-tls}"))

        let early = try program.run("serve", "--config", "tls.yaml")
        #expect(early.status == 4 && early.diagnosis.contains("the management listener has no key to show"))
        #expect(early.diagnosis.contains("rekey key create tenant-tls --host NAME"))

        let first = try RunningTenant(program, configuration: "tenant.yaml")
        let clear = ["--server", first.management, "--token-file", "token"]
        let create = ["key", "create", "tenant-tls", "--kind", "p-256", "--host", "127.0.0.1", "--host", "localhost"]
        #expect(try program.run(create + clear, environment: [:]).status == 0)
        let broken = try program.run(["key", "create", "third", "--host", "a host"] + clear, environment: [:])
        #expect(broken.status == 1 && broken.diagnosis.contains("a host is none"))
        #expect(try program.run(["key", "create", "other"] + clear, environment: [:]).status == 0)
        for alias in ["tenant-tls", "other"] {
            let certificate = try program.run(["key", "certificate", alias] + clear, environment: [:])
            try program.file("\(alias).pem", certificate.output)
        }
        #expect(first.terminate() == 0)

        #expect(try program.run("config", "check", "--config", "tls.yaml").output.contains("with TLS by tenant-tls"))
        let second = try RunningTenant(program, configuration: "tls.yaml", scheme: "https")
        let server = ["--server", second.management, "--token-file", "token"]
        let uses = try program.run(
            ["key", "where-used", "tenant-tls"] + server + ["--ca-certificate", "tenant-tls.pem"],
            environment: [:]
        )
        #expect(uses.status == 0, "\(uses.diagnosis)")
        #expect(uses.output.contains("tlsServer  listen.management") && uses.output.contains("listen.messages"))
        for distrust in [["--ca-certificate", "other.pem"], []] {
            let refused = try program.run(["key", "list"] + server + distrust, environment: [:])
            #expect(refused.status == 3 && refused.diagnosis.contains("no answer from https://127.0.0.1"))
        }
        let empty = try program.run(["key", "list"] + server + ["--ca-certificate", "token"], environment: [:])
        #expect(empty.status == 2 && empty.diagnosis.contains("token holds no certificates"))
        #expect(second.terminate() == 0)
    }

    @Test("A flow file that demands more of its callers than the listener can find out is told by config check")
    func flowsBeforeTheStart() throws {
        let program = try Program()
        defer { program.remove() }
        try program.file("token", "0123456789abcdef0123456789abcdef\n")
        #expect(try program.run("master-key", "create", "master.key").status == 0)
        try FileManager.default.createDirectory(
            at: program.folder.appending(path: "flows"),
            withIntermediateDirectories: true
        )
        let flow = """
            id: orders
            pattern: oneWay
            sender:
              partner: sender
              path: /in/orders
              authorisation: {certificate: [sender-tls]}
              request: {verify: [sender-sign]}
            receiver: {partner: receiver, url: "https://receiver.example/", request: {}}

            """
        try program.file("flows/orders.yaml", flow)
        try program.file("tenant.yaml", Self.configuration(tls: "") + "flows: ./flows\n")
        try program.file("tls.yaml", Self.configuration(tls: ", tls: {alias: tenant-tls}") + "flows: ./flows\n")
        let plain = try program.run("config", "check", "--config", "tenant.yaml")
        #expect(plain.status == 4 && plain.diagnosis.contains("the flow 'orders' demands client certificates"))
        #expect(plain.diagnosis.contains("rekey: hint: set `listen.messages.tls.clientCertificates`"))
        #expect(try program.run("config", "check", "--config", "tls.yaml").status == 0)
    }

    @Test(
        "A mistake in a listener's TLS is named with its key and the mend",
        arguments: [
            ("{}", "listen.messages.address: missing"),
            (#"{address: "127.0.0.1:0", tls: {}}"#, "listen.messages.tls.alias: missing"),
            (#"{address: "127.0.0.1:0", tls: {alias: Tenant}}"#, "listen.messages.tls.alias: `Tenant` is not an alias"),
            (
                #"{address: "127.0.0.1:0", tls: {alias: a, clientCertificates: maybe}}"#,
                "listen.messages.tls.clientCertificates: `maybe` is not one of the words"
            ),
            (
                #"{address: "127.0.0.1:0", tls: {alias: a, certificate: b}}"#,
                "listen.messages.tls.certificate: unknown key"
            ),
        ]
    )
    func mistakes(listener: String, error: String) throws {
        let program = try Program()
        defer { program.remove() }
        let text = Self.configuration(tls: "")
            .replacing(#"messages: {address: "127.0.0.1:0"}"#, with: "messages: \(listener)")
        try program.file("tenant.yaml", text)
        let ending = try program.run("config", "check", "--config", "tenant.yaml")
        #expect(ending.status == 4 && ending.diagnosis.contains(error), "\(ending.diagnosis)")
        #expect(ending.diagnosis.contains("rekey: hint: "))
    }
}

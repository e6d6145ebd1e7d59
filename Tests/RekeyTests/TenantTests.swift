import Foundation
import TestSupport
import Testing

@Suite("A tenant and its commands")
struct TenantTests {
    private static let configuration = TenantDocument.yaml(
        receiverKeys: "single",
        people: [
            TenantDocument.administrator("first", token: "first"), TenantDocument.developer(),
            "name: partner, role: senderAdministrator, organisation: sender, tokenFile: ./partner",
        ]
    )
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
          request: {sign: request-sign}
          response: {}

        """

    @Test("Flows of the folder are deployed, keys made, a renewal planned and begun; SIGTERM ends it well")
    func transcript() throws {
        let program = try Program()
        defer { program.remove() }
        try prepare(program)
        let tenant = try RunningTenant(program, configuration: "tenant.yaml")
        let run = { (person: String, arguments: [String]) in
            try program.run(arguments, as: person, at: tenant)
        }

        #expect(
            try run("developer", ["flow", "list"]).output == """
                FLOW    PATTERN        STATUS    PATH        SENDER  RECEIVER
                orders  request reply  deployed  /in/orders  sender  receiver

                """
        )
        for alias in ["reply-sign", "request-sign"] {
            #expect(try run("first", ["key", "create", alias, "--kind", "p-256"]).status == 0)
        }
        let uses = try run("first", ["key", "where-used", "reply-sign"])
        #expect(uses.output.contains("orders  deployed  sender   sign     sender   TenantSignsInboundResponse"))

        let plan = try run("first", ["renewal", "plan", "request-sign"])
        #expect(plan.output.hasPrefix("plan for request-sign: planned, version 1 → new\n"))
        #expect(plan.output.contains("TenantSignsOutboundRequest  single   single            receiver  orders"))

        let saved = try run("first", ["renewal", "plan", "request-sign", "--save"])
        #expect(saved.output.contains("renewal request-sign-1 of"))
        #expect(try run("first", ["renewal", "start", "request-sign-1"]).output.contains("request-sign-1 of"))
        #expect(try run("first", ["renewal", "notifications"]).output == "no notifications\n")
        let started = try run("first", ["renewal", "start", "reply-sign"])
        #expect(started.output.contains("Next:\n  tenant administrator of tenant: "))
        #expect(started.output.contains("say so with: rekey renewal step reply-sign-1 1-create-key-pair"))

        let refused = try run("partner", ["renewal", "step", "reply-sign-1", "1-create-key-pair"])
        #expect(refused.status == 1 && refused.diagnosis.hasPrefix("rekey: error: "))
        let done = try run("first", ["renewal", "step", "reply-sign-1", "1-create-key-pair", "-o", "json"])
        #expect(done.status == 0 && done.output.contains(#""newVersion" : 2"#))
        #expect(try run("first", ["key", "list"]).output.contains("1 active, 2 staged"))
        #expect(try run("first", ["renewal", "journal", "reply-sign-1"]).output.contains("1-create-key-pair"))

        #expect(tenant.terminate() == 0)
        #expect(try run("first", ["key", "list"]).status == 3)
    }

    @Test("After a restart everything is as it was")
    func restart() throws {
        let program = try Program()
        defer { program.remove() }
        try prepare(program)
        let first = try RunningTenant(program, configuration: "tenant.yaml")
        let create = ["key", "create", "reply-sign", "--server", first.management, "--token-file", "first"]
        #expect(try program.run(create).status == 0)
        let undeploy = ["flow", "undeploy", "orders", "--server", first.management, "--token-file", "developer"]
        #expect(try program.run(undeploy).output == "orders is undeployed; none of its messages is under way\n")
        #expect(first.terminate() == 0)

        let second = try RunningTenant(program, configuration: "tenant.yaml")
        let flows = ["flow", "list", "--server", second.management, "--token-file", "developer"]
        #expect(try program.run(flows).output.contains("undeployed"))
        let keys = ["key", "list", "--server", second.management, "--token-file", "first"]
        #expect(try program.run(keys).output.contains("reply-sign"))
        #expect(second.terminate() == 0)
    }

    @Test("Messages are signed, verified and inspected with the tenant's aliases, whether it runs or not")
    func aliases() throws {
        let program = try Program()
        defer { program.remove() }
        try prepare(program)
        let tenant = try RunningTenant(program, configuration: "tenant.yaml")
        let create = ["key", "create", "reply-sign", "--server", tenant.management, "--token-file", "first"]
        #expect(try program.run(create).status == 0)
        let envelope = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body/></s:Envelope>"
        let alias = ["--alias", "reply-sign", "--config", "tenant.yaml"]
        let signed = try program.run(["message", "sign"] + alias, input: envelope)
        #expect(signed.status == 0, "\(signed.diagnosis)")
        #expect(tenant.terminate() == 0)

        let verified = try program.run(["message", "verify"] + alias, input: signed.output)
        #expect(verified.status == 0, "\(verified.diagnosis)")
        let inspected = try program.run(
            ["message", "inspect"],
            input: signed.output,
            environment: ["REKEY_CONFIG": "tenant.yaml"]
        )
        #expect(inspected.status == 0 && inspected.output.contains("known as reply-sign version 1 (active)"))
        let unknown = try program.run(
            ["message", "sign", "--alias", "nothing", "--config", "tenant.yaml"],
            input: envelope
        )
        #expect(unknown.status == 2 && unknown.diagnosis.contains("rekey key list"))
        #expect(try program.run(["message", "sign", "--alias", "reply-sign"], input: envelope).status == 2)
    }

    private func prepare(_ program: Program) throws {
        let key = Data(repeating: 7, count: 32).base64EncodedString()
        try program.file("master.key", key)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600],
            ofItemAtPath: program.folder.appending(path: "master.key").path
        )
        try program.file("tenant.yaml", Self.configuration)
        for person in ["first", "developer", "partner"] {
            try program.file(person, "a-token-of-the-person-" + person)
        }
        try FileManager.default.createDirectory(
            at: program.folder.appending(path: "flows"),
            withIntermediateDirectories: true
        )
        try program.file("flows/orders.yaml", Self.flow)
    }
}

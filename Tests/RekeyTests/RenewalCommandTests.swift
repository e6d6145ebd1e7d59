import Foundation
import TestSupport
import Testing

/// `rekey renewal window` and `rekey inbox` of a running tenant, in the tokens of both sides.
@Suite("Downtimes and inboxes on the command line")
struct RenewalCommandTests {
    @Test("A downtime is proposed, countered, accepted, moved and called off; each side reads of it and acknowledges")
    func windows() throws {
        let program = try Program()
        defer { program.remove() }
        try prepare(program)
        let tenant = try RunningTenant(program, configuration: "tenant.yaml")
        let run = { (person: String, arguments: [String]) in
            try program.run(arguments, as: person, at: tenant)
        }
        let window = { (person: String, arguments: [String]) in try run(person, ["renewal", "window"] + arguments) }
        #expect(try run("first", ["key", "create", "orders-sign", "--kind", "p-256"]).status == 0)
        let renewal = "orders-sign-1"
        #expect(try run("first", ["renewal", "start", "orders-sign"]).status == 0)
        let early = try window("first", ["propose", renewal] + Self.times(20))
        #expect(early.status == 1 && early.diagnosis.contains("rekey: hint: "), "\(early.diagnosis)")
        for step in ["1-create-key-pair", "2-provide-certificate"] {
            #expect(try run("first", ["renewal", "step", renewal, step]).status == 0)
        }

        // The certificate is to be compared and acknowledged by the one who got it, and by nobody else.
        let provided = "\(renewal).2-provide-certificate"
        #expect(try run("partner", ["inbox"]).output.contains(provided))
        let shownRenewal = try run("first", ["renewal", "show", renewal]).output
        #expect(shownRenewal.contains("of receiver says that it was read: rekey inbox acknowledge \(provided)"))
        let shown = try run("partner", ["inbox", "show", provided]).output
        #expect(shown.contains("SHA-256 fingerprint") && shown.contains("BEGIN CERTIFICATE"))
        #expect(try run("first", ["inbox", "acknowledge", provided]).diagnosis.contains("has to acknowledge it"))
        #expect(try run("partner", ["inbox", "acknowledge", provided]).output.contains("acknowledged "))
        #expect(try run("partner", ["inbox"]).output.contains(provided) == false)
        #expect(try run("partner", ["inbox", "show", "nothing"]).diagnosis.contains("rekey inbox --all"))

        let proposed = try window(
            "first",
            ["propose", renewal, "--roll-back", "--note", "after the batch"] + Self.times(20)
        )
        #expect(proposed.output.contains("3-agree-downtime: proposed"), "\(proposed.output)\(proposed.diagnosis)")
        #expect(proposed.output.contains("note: after the batch"))
        #expect(proposed.output.contains("the old key comes back when the partner has not confirmed"))
        let own = try window("first", ["accept", renewal])
        #expect(own.status == 1 && own.diagnosis.contains("agreed to 3-agree-downtime already"))
        let told = try run("partner", ["inbox"]).output
        #expect(told.contains("rekey renewal window accept \(renewal) --step 3-agree-downtime"), "\(told)")
        #expect(
            told.contains("rekey renewal window counter \(renewal) --step 3-agree-downtime --start TIME --end TIME")
        )

        let countered = try window("partner", ["counter", renewal] + Self.times(21))
        #expect(countered.output.contains("2037-01-21 02:00:00Z"), "\(countered.output)\(countered.diagnosis)")
        let accepted = try window("first", ["accept", renewal])
        #expect(accepted.output.contains("3-agree-downtime: agreed"), "\(accepted.output)\(accepted.diagnosis)")
        #expect(try run("partner", ["inbox"]).output.contains("The downtime is agreed: from 2037-01-21T02:00:00Z"))
        let cancelled = try window("partner", ["cancel", renewal, "--reason", "release freeze"])
        #expect(cancelled.status == 0, "\(cancelled.diagnosis)")
        #expect(try run("first", ["inbox"]).output.contains("is called off: release freeze"))
        let past = try window(
            "first",
            ["propose", renewal, "--start", "2020-01-01T00:00:00Z", "--end", "2020-01-02T00:00:00Z"]
        )
        #expect(past.status == 1 && past.diagnosis.contains("in the future"))
        let shownWindows = try window("developer", ["show", renewal, "-o", "json"])
        #expect(shownWindows.output.contains("\"step\" : \"3-agree-downtime\""), "\(shownWindows.output)")

        for act in ["plan", "start"] {
            let unknown = try run("first", ["renewal", act, "orders-sing"])
            #expect(unknown.status == 1 && unknown.diagnosis.localizedCaseInsensitiveContains("there is no key"))
        }
        let given = try run("first", ["renewal", "abort", renewal, "--reason", "no time"])
        #expect(given.status == 0 && given.output.contains(": aborted"), "\(given.diagnosis)")
        #expect(given.output.contains("say so with") == false, "\(given.output)")
        let audit = try run("first", ["audit", "list"]).output
        #expect(audit.contains("renewal.acceptWindow.refused"), "\(audit)")
        #expect(tenant.terminate() == 0)
    }

    @Test("A key that others know: everybody who uses it finds it in the inbox, and acknowledges it there")
    func compromise() throws {
        let program = try Program()
        defer { program.remove() }
        try prepare(program)
        let tenant = try RunningTenant(program, configuration: "tenant.yaml")
        let run = { (person: String, arguments: [String]) in
            try program.run(arguments, as: person, at: tenant)
        }
        for _ in 0..<2 { #expect(try run("first", ["key", "create", "orders-sign", "--kind", "p-256"]).status == 0) }
        let compromise = ["key", "compromise", "orders-sign/1", "--reason", "The file was mailed."]
        // No message was seen yet: that says nothing of what the receiver can handle.
        let asked = try run("first", compromise)
        #expect(asked.output.contains("receiver was not seen in the last day"), "\(asked.output)\(asked.diagnosis)")
        #expect(try run("partner", ["inbox"]).output == "nothing new\n")
        let declared = try run("second", compromise)
        #expect(declared.status == 0, "\(declared.diagnosis)")
        let told = try run("partner", ["inbox"]).output
        #expect(told.contains("key orders-sign/1  not acknowledged"), "\(told)")
        #expect(told.contains("is compromised: The file was mailed. It is neither used nor accepted from now on"))
        #expect(told.contains("Version 2 takes its place at once") && told.contains("It was used on orders."))
        let id = String(told.prefix { $0 != " " })
        #expect(try run("partner", ["inbox", "show", id]).output.contains("BEGIN CERTIFICATE"))
        #expect(try run("first", ["inbox", "acknowledge", id]).status == 1)
        #expect(try run("partner", ["inbox", "acknowledge", id]).output.contains("acknowledged 2"))
        #expect(try run("partner", ["inbox"]).output == "nothing new\n")
        #expect(try run("first", ["audit", "list"]).output.contains("inform.acknowledged"))
        #expect(tenant.terminate() == 0)
    }

    @Test("A key is renamed with its flow; the former name says what it is called")
    func renaming() throws {
        let program = try Program()
        defer { program.remove() }
        try prepare(program)
        var tenant = try RunningTenant(program, configuration: "tenant.yaml")
        func run(_ arguments: String...) throws -> Program.Ending {
            try program.run(arguments, as: "first", at: tenant)
        }
        #expect(try run("key", "create", "orders-sign", "--kind", "p-256").status == 0)
        let refused = try run("key", "rename", "orders-sign", "sales-sign")
        #expect(refused.status == 1 && refused.diagnosis.contains("is named by the flows orders"))
        #expect(refused.diagnosis.contains("--with-flows"))
        let renamed = try run("key", "rename", "orders-sign", "sales-sign", "--with-flows")
        #expect(
            renamed.output.contains("orders-sign is called sales-sign now, also in the deployed documents of orders")
        )
        // The files of the first start are not read again.
        #expect(tenant.terminate() == 0)
        tenant = try RunningTenant(program, configuration: "tenant.yaml")
        #expect(try run("key", "where-used", "sales-sign").output.contains("TenantSignsOutboundRequest"))
        let former = try run("key", "show", "orders-sign")
        #expect(former.status == 1 && former.diagnosis.contains("is called 'sales-sign' now"))
        #expect(try run("key", "list", "--overdue").output == "no key version is kept beyond its time\n")
        #expect(tenant.terminate() == 0)
    }

    private static func times(_ day: Int) -> [String] {
        ["--start", "2037-01-\(day)T02:00:00Z", "--end", "2037-01-\(day)T03:00:00Z"]
    }

    private func prepare(_ program: Program) throws {
        try PlainTenant.prepare(program, flow: Self.flow)
        for person in ["partner", "second"] { try program.file(person, "a-token-of-the-person-" + person) }
        let people = [
            TenantDocument.administrator("first", token: "first"),
            TenantDocument.administrator("second", token: "second"), TenantDocument.developer(),
            "name: partner, role: receiverAdministrator, organisation: receiver, tokenFile: ./partner",
        ]
        try program.file("tenant.yaml", TenantDocument.yaml(receiverKeys: "single", people: people))
    }

    private static let flow = """
        id: orders
        pattern: requestReply
        sender: {partner: sender, path: /in/orders, request: {}, response: {}}
        receiver:
          partner: receiver
          url: "http://127.0.0.1:9/"
          request: {sign: orders-sign}
          response: {}
        """
}

import Foundation
import Testing

@Suite("Captures on the command line")
struct CaptureTests {
    private static let envelope =
        #"<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:Secret xmlns:m="urn:m">"#
        + "plain\u{9B}31m words 4711</m:Secret></s:Body></s:Envelope>"

    @Test("Begun, seen, read, as it was or made harmless, and stopped; in no file as it was")
    func transcript() throws {
        let program = try Program()
        defer { program.remove() }
        try PlainTenant.prepare(program, flow: Self.flow, more: Self.bounds)
        let tenant = try RunningTenant(program, configuration: "tenant.yaml")
        let run = { (person: String, arguments: [String]) in
            try program.run(arguments, as: person, at: tenant)
        }
        let begun = try run("first", ["flow", "capture", "orders", "--for", "15m", "--reason", "a question"])
        #expect(begun.output.contains("orders is captured until ") && begun.output.contains("(0 of 7 exchanges)"))
        #expect(try run("developer", ["flow", "list"]).output.contains("CAPTURED UNTIL"))
        _ = try PlainTenant.post(Self.envelope, to: tenant)
        let show = try run("developer", ["flow", "show", "orders"]).output
        #expect(show.contains("orders is captured until ") && show.contains("(1 of 7 exchanges)"))

        let list = try run("developer", ["capture", "list"]).output.split(separator: "\n")
        #expect(list.count == 4, "nobody is at the receiver's port: no answer received")
        let received = try #require(list.first { $0.contains("request received") })
        let id = String(received.prefix { $0 != " " })
        let raw = try run("first", ["capture", "show", id, "--raw"])
        #expect(raw.output == Self.envelope, "\(raw.diagnosis)")
        let shown = try run("first", ["capture", "show", id]).output
        #expect(shown.contains("plain\\u009b31m words 4711") && shown.contains("octets of text/xml"))
        #expect(try run("developer", ["capture", "show", id]).status == 1)

        let stopped = try run("first", ["flow", "capture", "orders", "--stop", "--erase"]).output
        #expect(stopped.contains("it was stopped; what was kept is erased"))
        #expect(try run("first", ["capture", "list"]).output.split(separator: "\n").count <= 1)
        #expect(tenant.terminate() == 0)
        for file in try FileManager.default.contentsOfDirectory(at: program.folder, includingPropertiesForKeys: nil) {
            guard let octets = try? Data(contentsOf: file), !["stdout", "stderr"].contains(file.lastPathComponent)
            else { continue }
            #expect(octets.firstRange(of: Data("words 4711".utf8)) == nil, "\(file.lastPathComponent)")
        }
    }

    @Test(
        "Neither too long, nor both a length and an end",
        arguments: [["--for", "3h"], ["--for", "1m", "--stop"], []]
    )
    func refused(_ arguments: [String]) throws {
        let program = try Program()
        defer { program.remove() }
        try PlainTenant.prepare(program, flow: Self.flow, more: Self.bounds)
        let tenant = try RunningTenant(program, configuration: "tenant.yaml")
        let ending = try program.run(
            ["flow", "capture", "orders"] + arguments,
            as: "first",
            at: tenant
        )
        #expect(ending.status != 0 && ending.output.isEmpty)
        #expect(arguments != ["--for", "3h"] || ending.diagnosis.contains("`capture.longest`"))
        #expect(tenant.terminate() == 0)
    }

    private static let bounds = "capture: {longest: 120, exchanges: 7, space: 16, hours: 1}"
    private static let flow = """
        id: orders
        pattern: requestReply
        sender: {partner: sender, path: /in/orders, request: {}, response: {}}
        receiver: {partner: receiver, url: "http://127.0.0.1:1/", request: {}, response: {}}

        """
}

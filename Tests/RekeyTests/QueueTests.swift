import Foundation
import TestSupport
import Testing

@Suite("Held flows and waiting messages on the command line")
struct QueueTests {
    private static let flow = """
        id: orders
        pattern: oneWay
        sender: {partner: sender, path: /in/orders, request: {}}
        receiver: {partner: receiver, url: "http://127.0.0.1:1/", request: {}}
        delivery: {ordered: true}

        """

    @Test(
        "A hold says what is expected, is refused without room, and the messages behind the first say what they wait for"
    )
    func transcript() throws {
        let program = try Program()
        defer { program.remove() }
        try PlainTenant.prepare(program, flow: Self.flow)
        let tenant = try RunningTenant(program, configuration: "tenant.yaml")
        let run = { (arguments: String...) in
            try program.run(arguments, as: "developer", at: tenant)
        }
        let empty = try run("flow", "hold", "orders", "--for", "4h")
        #expect(empty.status == 0 && empty.output.hasPrefix("orders is held; none of its messages"))
        #expect(empty.diagnosis.hasPrefix("orders: 0 messages, 0 MB expected; room for "), "\(empty.diagnosis)")
        for _ in 0..<3 { #expect(try PlainTenant.post(octetCount: 20 << 20, to: tenant).hasPrefix("HTTP/1.1 202 ")) }

        let long = try run("flow", "hold", "orders", "--for", "365d")
        #expect(long.status == 1 && long.diagnosis.contains(": not enough\n"), "\(long.diagnosis)")
        #expect(long.diagnosis.contains("the store has room for"))
        #expect(try run("flow", "hold", "orders", "--for", "365d", "--anyway").status == 0)

        let lines = try run("queue", "list").output.split(separator: "\n").dropFirst()
        let first = try #require(lines.last).prefix { $0 != " " }
        #expect(lines.count == 3 && lines.dropLast().allSatisfy { $0.hasSuffix("waits for \(first)") }, "\(lines)")
        #expect(tenant.terminate() == 0)
    }
}

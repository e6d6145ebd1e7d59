import Foundation
import ManagementAPI
import TestSupport
import Testing

@Suite("The message log over the management API")
struct MessageLogTests {
    @Test("Exchanges are found by flow, status, name, moment and key version, page by page")
    func search() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            for number in 0..<3 {
                #expect(
                    try await world.post(sender.request(number, now: world.clock.now), to: "/in/orders").status == 200
                )
            }
            let stranger = try SigningSender(now: world.clock.now)
            #expect(try await world.post(stranger.request(4, now: world.clock.now), to: "/in/orders").status == 500)
            let developer = world.api(.developer)
            let find = { (change: (inout ExchangeSearch) -> Void) in
                var search = ExchangeSearch()
                change(&search)
                return try await developer.exchanges(search)
            }
            let all = try await find { $0.flow = "orders" }
            #expect(
                all.exchanges.map(\.status) == ["refused", "completed", "completed", "completed"] && all.next == nil
            )
            #expect(try await find { $0.keyVersion = "sender-sign/1" }.exchanges.count == 3)
            #expect(try await find { $0.keyVersion = "sender-sign/2" }.exchanges.isEmpty)
            #expect(try await find { $0.keyVersion = "reply-sign" }.exchanges.count == 3)
            #expect(try await find { $0.status = "refused" }.exchanges == Array(all.exchanges.prefix(1)))
            #expect(try await find { $0.id = all.exchanges[1].id }.exchanges == [all.exchanges[1]])
            #expect(try await find { $0.id = all.exchanges[1].traceID }.exchanges == [all.exchanges[1]])
            #expect(try await find { $0.since = world.clock.now + 1 }.exchanges.isEmpty)
            let first = try await find { $0.limit = 3 }
            let second = try await find { $0.before = first.next }
            #expect(first.exchanges + second.exchanges == all.exchanges)
        }
    }

    @Test("A search that cannot be is refused with what can, and partners see nothing")
    func refused() async throws {
        try await World.run { world in
            let developer = world.api(.developer)
            let find = { (change: (inout ExchangeSearch) -> Void) in
                var search = ExchangeSearch()
                change(&search)
                _ = try await developer.exchanges(search)
            }
            let status = try await refusal { try await find { $0.status = "lost" } }
            #expect(status.status == 400 && status.remedy.contains("completed, accepted"))
            let limit = try await refusal { try await find { $0.limit = 0 } }
            let version = try await refusal { try await find { $0.keyVersion = "sender-sign/x" } }
            #expect(limit.status == 400 && version.status == 400)
            let partner = try await refusal {
                _ = try await world.api(.senderAdministrator).exchanges(ExchangeSearch())
            }
            #expect(partner.code == "wrongRole")
        }
    }
}

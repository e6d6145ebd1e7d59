import Foundation
import Keystore
import Testing

@testable import Messaging

@Suite("The nonces of self-tests")
struct SelfTestDeskTests {
    private let now = Date(timeIntervalSince1970: 1_798_761_600)

    private func offer(_ flow: String) throws -> SelfTestOffer {
        let version = KeyVersionID(alias: try KeyAlias("tenant-reply-sign"), number: 2)
        let id = try #require(FlowID(rawValue: flow))
        return SelfTestOffer(flow: id, permit: ProbePermit(name: "test-1", version: version))
    }

    @Test("A nonce counts on the flow that it was given on alone")
    func otherFlow() throws {
        let desk = SelfTestDesk()
        let (orders, bills) = (try offer("orders"), try offer("bills"))
        #expect(desk.offer([orders, bills], of: orders.permit.version.alias).isEmpty)
        desk.issue("nonce", for: orders, at: now)
        #expect(!desk.redeem("nonce", on: bills.flow, at: now))
        #expect(desk.offer([orders, bills], of: orders.permit.version.alias).isEmpty)
        #expect(desk.redeem("nonce", on: orders.flow, at: now))
        #expect(desk.offer([orders, bills], of: orders.permit.version.alias) == [orders])
    }

    @Test("Of a flow's nonces the oldest gives way when too many are out; other flows keep theirs")
    func limit() throws {
        let desk = SelfTestDesk()
        let (orders, bills) = (try offer("orders"), try offer("bills"))
        _ = desk.offer([orders, bills], of: orders.permit.version.alias)
        desk.issue("bill", for: bills, at: now)
        for number in 0...SelfTestDesk.limit {
            desk.issue("order \(number)", for: orders, at: now.addingTimeInterval(Double(number) / 10))
        }
        let later = now.addingTimeInterval(10)
        #expect(!desk.redeem("order 0", on: orders.flow, at: later))
        #expect(desk.redeem("order 1", on: orders.flow, at: later))
        #expect(desk.redeem("bill", on: bills.flow, at: later))
    }

    @Test("What is no longer on offer is forgotten: its nonces, and that it was passed")
    func withdrawn() throws {
        let desk = SelfTestDesk()
        let orders = try offer("orders")
        let alias = orders.permit.version.alias
        _ = desk.offer([orders], of: alias)
        for nonce in ["one", "two"] { desk.issue(nonce, for: orders, at: now) }
        #expect(desk.redeem("one", on: orders.flow, at: now))
        #expect(desk.offer([orders], of: alias) == [orders])
        _ = desk.offer([], of: alias)
        #expect(desk.offer([orders], of: alias).isEmpty)
        #expect(!desk.redeem("two", on: orders.flow, at: now))
    }
}

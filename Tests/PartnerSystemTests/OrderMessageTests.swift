import Testing
import WSSecurity

@testable import PartnerSystem

@Suite("Order message")
struct OrderMessageTests {
    private func body(of envelope: [UInt8]) throws -> [UInt8] {
        let text = String(decoding: envelope, as: UTF8.self)
        let start = try #require(text.firstRange(of: "<soap:Body>")?.upperBound)
        let end = try #require(text.firstRange(of: "</soap:Body>")?.lowerBound)
        return Array(text[start..<end].utf8)
    }

    @Test("the id of an order is read back, and that of a confirmation", arguments: SOAPVersion.allCases)
    func roundTrip(soap: SOAPVersion) throws {
        let order = try body(of: OrderMessage.order(id: "sender-1.a_b", soap: soap))
        let confirmation = try body(of: OrderMessage.confirmation(id: "sender-1.a_b", soap: soap))
        #expect(OrderMessage.orderID(inBody: order) == "sender-1.a_b")
        #expect(OrderMessage.confirmationID(inBody: confirmation) == "sender-1.a_b")
        #expect(OrderMessage.confirmationID(inBody: order) == nil)
        #expect(OrderMessage.orderID(inBody: confirmation) == nil)
    }

    @Test(
        "what is not an order has no id",
        arguments: [
            "", "<m:Order>", "<m:Order><m:id></m:id></m:Order>", "<m:Order><m:id>a&amp;b</m:id></m:Order>",
            "<x:Other><m:id>1</m:id></x:Other>",
            "<m:Order><m:id>\(String(repeating: "a", count: 129))</m:id></m:Order>",
        ]
    )
    func refused(body: String) {
        #expect(OrderMessage.orderID(inBody: Array(body.utf8)) == nil)
    }
}

import Foundation
import ManagementAPI
import TestSupport
import Testing

@Suite("A sender that disappears", .serialized)
struct SenderFaultTests {
    /// When the sender goes.
    private enum Moment: CaseIterable {
        case withinHead, withinBody, beforeAnswer, withinAnswer, afterHalfClose
    }

    private static let requestCount = 60

    @Test("Within its request or the answer, it leaves nothing behind: no connection, no exchange, no half message")
    func disappears() async throws {
        var random = Seed.generator()
        try await FaultWorld.run { world in
            try await wait(for: "the first message") {
                try await world.load.send(Order("urn:first"), to: "/in/notices") != nil
            }
            let (port, descriptors) = (await world.messagePort, try await world.descriptorCount())
            var sent: Set<String> = []
            try await world.disturb {
                for number in 0..<Self.requestCount {
                    let order = Order()
                    sent.insert(order.id)
                    let path = number.isMultiple(of: 3) ? "/in/orders" : "/in/notices"
                    let request = try Self.request(order, path, world.keys)
                    let moment = Moment.allCases.randomElement(using: &random) ?? .withinBody
                    try Self.send(request, port: port, until: moment, resetting: Bool.random(using: &random))
                }
            }
            // What was stored of those messages is delivered too, though nobody heard of it.
            let stored = Set(try Evidence(of: world.folder).states.keys)
            try await wait(for: "unheard messages to be delivered") {
                stored.allSatisfy(world.journal.state.isTaken)
            }
            #expect(sent.contains(where: stored.contains), "no message was broken off after it was stored")
            try await wait(for: "connections to be let go") { try await world.descriptorCount() <= descriptors + 16 }
            #expect(try await world.management.messageSummary().allSatisfy { $0.inFlight == 0 })
        }
    }

    private static func request(_ order: Order, _ path: String, _ keys: PartnerKeys) throws -> [UInt8] {
        let body = try order.protected(by: keys)
        let head = """
            POST \(path) HTTP/1.1\r\nhost: tenant\r\ncontent-type: text/xml; charset=utf-8\r\nsoapaction: "urn:m"\r\n\
            content-length: \(body.count)\r\n\r\n
            """
        return Array(head.utf8) + body
    }

    private static func send(_ request: [UInt8], port: Int, until moment: Moment, resetting: Bool) throws {
        let connection = try RawConnection(port: port)
        switch moment {
        case .withinHead: connection.send(request.prefix(60))
        case .withinBody: connection.send(request.dropLast(500))
        case .beforeAnswer: connection.send(request)
        case .withinAnswer:
            connection.send(request)
            _ = connection.receive(limit: 10)
        case .afterHalfClose:
            connection.send(request)
            connection.closeHalf()
        }
        connection.end(resetting: resetting)
    }
}

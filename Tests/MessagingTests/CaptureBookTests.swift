import Foundation
import TestSupport
import Testing

@testable import Messaging

@Suite("What was captured and is not stored yet")
struct CaptureBookTests {
    @Test("Beyond its room in memory a capture ends, and nothing of it is kept")
    func room() async throws {
        try await World.run { world in
            var book = try await Self.book(of: world)
            let flow = try world.flowID()
            book.append(try Self.taken(60, of: flow, at: world.clock.now), at: world.clock.now, capacity: 100)
            #expect(book.orders[flow]?.ending == nil)
            book.append(try Self.taken(40, of: flow, at: world.clock.now), at: world.clock.now, capacity: 100)
            #expect(book.orders[flow]?.ending == nil)
            book.append(try Self.taken(1, of: flow, at: world.clock.now), at: world.clock.now, capacity: 100)
            #expect(book.orders[flow]?.ending == .space)
            let page = book.turn()
            #expect(page.taken.isEmpty && page.ended == [flow])
        }
    }

    @Test("A page that was written makes room again")
    func written() async throws {
        try await World.run { world in
            var book = try await Self.book(of: world)
            let flow = try world.flowID()
            for _ in 1...2 {
                book.append(try Self.taken(100, of: flow, at: world.clock.now), at: world.clock.now, capacity: 100)
                #expect(book.turn().taken.count == 1)
            }
            #expect(book.orders[flow]?.ending == nil)
        }
    }

    @Test("What was taken is not written after somebody has ended the capture; after its time it is")
    func stopped() async throws {
        try await World.run { world in
            let (flow, now) = (try world.flowID(), world.clock.now)
            var book = try await Self.book(of: world)
            book.append(try Self.taken(10, of: flow, at: now), at: now, capacity: 100)
            book.stop(flow, at: now)
            book.append(try Self.taken(10, of: flow, at: now), at: now, capacity: 100)
            #expect(book.turn().taken.isEmpty)

            book = try await Self.book(of: world)
            book.append(try Self.taken(10, of: flow, at: now), at: now, capacity: 100)
            book.expire(at: now.addingTimeInterval(60))
            #expect(book.orders[flow]?.ending == .time)
            #expect(book.turn().taken.count == 1)
        }
    }

    /// A book with an order of a minute.
    private static func book(of world: World) async throws -> CaptureBook {
        let messaging: any MessagingStore = world.store
        let (flow, now) = (try world.flowID(), world.clock.now)
        var book = try await messaging.read { try CaptureBook(in: $0) }
        let end = now.addingTimeInterval(60)
        book.put(CaptureOrder(flow: flow, startedAt: now, until: end, exchangeLimit: 9, actor: "anna"), of: flow)
        return book
    }

    private static func taken(_ octetCount: Int, of flow: FlowID, at now: Date) throws -> CaptureBook.Taken {
        let capture = ExchangeCapture(flow: flow, octetLimit: 1000)
        capture.take(.requestReceived, Payload(Array(repeating: 0x61, count: octetCount)), contentType: nil, at: now)
        return CaptureBook.Taken(exchange: "e", capture: capture)
    }
}

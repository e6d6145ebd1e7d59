import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Synchronization

/// A sender that has several orders under way, each sent again under its name until the tenant has answered for it.
final class OrderLoad: Sendable {
    private let keys: PartnerKeys
    private let journal: Journal
    private let http: HTTPClient
    private let clock: @Sendable () -> Date
    private let base = Mutex<String?>(nil)
    private let isOver = Mutex(false)

    init(keys: PartnerKeys, journal: Journal, http: HTTPClient, clock: @escaping @Sendable () -> Date) {
        self.keys = keys
        self.journal = journal
        self.http = http
        self.clock = clock
    }

    /// Where the tenant is served now.
    func direct(to base: String?) { self.base.withLock { $0 = base } }

    /// No more orders; those that are under way are still brought to an end.
    func finish() { isOver.withLock { $0 = true } }

    /// Sends until ``finish()``: `notices` one-way orders and `orders` requests at a time.
    func run(notices: Int, orders: Int) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<notices + orders {
                let path = number < notices ? "/in/notices" : "/in/orders"
                group.addTask { while !self.isOver.withLock({ $0 }) { try await self.bringToAnEnd(Order(), path) } }
            }
            try await group.waitForAll()
        }
    }

    private func bringToAnEnd(_ order: Order, _ path: String) async throws {
        while try await send(order, to: path) == nil { try await Task.sleep(for: .milliseconds(20)) }
    }

    /// Sends an order once; returns the status, or `nil` when it has to be sent again.
    func send(_ order: Order, to path: String) async throws -> Int? {
        guard let base = base.withLock({ $0 }) else { return nil }
        var request = HTTPClientRequest(url: base + path)
        request.method = .POST
        request.headers = ["Content-Type": "text/xml; charset=utf-8", "SOAPAction": "\"urn:m:Order\""]
        request.body = .bytes(ByteBuffer(bytes: try order.protected(by: keys, at: clock())))
        let status: Int
        do {
            let response = try await http.execute(request, timeout: .seconds(30))
            _ = try await response.body.collect(upTo: 1 << 20)
            status = Int(response.status.code)
        } catch {
            try Task.checkCancellation()
            journal.note { $0.unanswered += 1 }
            return nil
        }
        journal.note { state in
            switch status {
            case 202: state.accepted.insert(order.id)
            case 200: state.answered.insert(order.id)
            default: state.refusals[status, default: 0] += 1
            }
        }
        return status == 200 || status == 202 ? status : nil
    }
}

import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import WSSecurity

/// Sends one protected order once, and says what came of it.
struct OrderAttempt: Sendable {
    enum Outcome: Sendable {
        /// The message has ended.
        case ended(MessageEnding)
        /// No answer: the message is to be sent again, not before the given pause.
        case refused(detail: String, retryAfter: Duration?)
    }

    let httpClient: HTTPClient
    let exchange: SecureExchange
    let timeout: Duration

    /// The most octets of an answer.
    private static let answerLimit = 4 << 20

    /// - Throws: `CancellationError` alone.
    func send(id: String, to target: OrderTarget) async throws -> Outcome {
        let message: [UInt8]
        do {
            message = try exchange.protect(OrderMessage.order(id: id, soap: target.soap), of: id)
        } catch {
            return .ended(.failed("it could not be protected: \(error)"))
        }
        do {
            let (head, body) = try await post(message, to: target)
            return judge(head, body, id: id, target: target)
        } catch let error as CancellationError {
            throw error
        } catch {
            try Task.checkCancellation()
            return .refused(detail: "no answer: \(error)", retryAfter: nil)
        }
    }

    private func post(_ message: [UInt8], to target: OrderTarget) async throws -> (HTTPClientResponse, [UInt8]) {
        var request = HTTPClientRequest(url: target.url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "\(target.soap.mediaType); charset=utf-8")
        if target.soap == .soap11 {
            request.headers.add(name: "SOAPAction", value: "\"\(OrderMessage.namespace):Order\"")
        }
        request.body = .bytes(ByteBuffer(bytes: message))
        let deadline = TimeAmount.nanoseconds(Int64(timeout / .nanoseconds(1)))
        let response = try await httpClient.execute(request, timeout: deadline)
        let body = try await response.body.collect(upTo: Self.answerLimit)
        return (response, Array(body.readableBytesView))
    }

    private func judge(_ head: HTTPClientResponse, _ body: [UInt8], id: String, target: OrderTarget) -> Outcome {
        switch (head.status.code, target.pattern) {
        case (200, .requestReply): .ended(ending(answer: body, id: id))
        case (202, .oneWay): .ended(.accepted)
        case (503, _), (429, _): .refused(detail: describe(head, body), retryAfter: retryAfter(head))
        default: .ended(.failed(describe(head, body)))
        }
    }

    private func ending(answer: [UInt8], id: String) -> MessageEnding {
        do {
            let message = try exchange.process(answer)
            exchange.noteKeys(of: message, id: id)
            guard let echoed = OrderMessage.confirmationID(inBody: message.body) else {
                return .failed("the answer is not a confirmation")
            }
            return echoed == id ? .answered : .failed("the answer confirms \(echoed)")
        } catch {
            return .failed("the answer did not pass: \(error.code): \(error.cause)")
        }
    }

    private func describe(_ head: HTTPClientResponse, _ body: [UInt8]) -> String {
        let reason = SOAPFault(parsing: body)?.reason
        return "status \(head.status.code)" + (reason.map { ": \($0)" } ?? "")
    }

    private func retryAfter(_ head: HTTPClientResponse) -> Duration? {
        head.headers.first(name: "Retry-After").flatMap { Int($0) }.map { .seconds($0) }
    }
}

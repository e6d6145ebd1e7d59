import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import OrderSecurity
import WSSecurity

/// Sends orders and checks the answers: `OrderClient FOLDER-OF-KEYS URL COUNT`.
@main
struct OrderClient {
    /// Why an answer is none.
    struct Unanswered: Error {
        let reason: String
    }

    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count == 3, let count = Int(arguments[2]) else {
            throw Unanswered(reason: "usage: OrderClient FOLDER-OF-KEYS URL COUNT")
        }
        let client = OrderClient(
            exchange: try OrderExchange(own: "client", partner: "service", keys: KeyFolder(arguments[0])),
            url: arguments[1]
        )
        for number in 1...max(1, count) {
            let answer = try await client.send(client.exchange.protect(OrderMessage.order(number)))
            let confirmed = try client.exchange.open(answer)
            guard OrderMessage.number(inBody: confirmed.body) == number else {
                throw Unanswered(reason: "the answer confirms another order")
            }
            print("order \(number): confirmed, \(confirmed.signatures.first?.parts.count ?? 0) signed parts")
        }
        try await client.sendTwice()
        try await client.sendChanged()
    }

    let exchange: OrderExchange
    let url: String

    private func send(_ message: [UInt8]) async throws -> [UInt8] {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: SOAPVersion.soap11.contentType)
        request.headers.add(name: "SOAPAction", value: "\"\"")
        request.body = .bytes(message)
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        return Array(try await response.body.collect(upTo: 4 << 20).readableBytesView)
    }

    /// An order that was recorded on the way and is sent again.
    private func sendTwice() async throws {
        let message = try exchange.protect(OrderMessage.order(0))
        _ = try exchange.open(await send(message))
        let fault = try SOAPEnvelope(await send(message)).fault
        guard fault?.isSecurityFault == true else { throw Unanswered(reason: "a repeated order was not refused") }
        print("repeated order: refused")
    }

    /// One character of the wrapped key is changed on the way: the service says no more than that the message failed.
    private func sendChanged() async throws {
        var message = try exchange.protect(OrderMessage.order(0))
        guard let place = message.firstRange(of: Array("CipherValue>".utf8))?.upperBound else { return }
        message[place] = message[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
        let fault = try SOAPEnvelope(await send(message)).fault
        guard fault?.isSecurityFault == true else { throw Unanswered(reason: "a changed order was not refused") }
        print("changed order: refused, \"\(fault?.reason ?? "")\"")
    }
}

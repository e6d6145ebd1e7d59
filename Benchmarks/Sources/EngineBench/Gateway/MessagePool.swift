import FoundationEssentials
import Synchronization
import WSSecurity

/// Requests that are protected before they are sent, each with a name of its own, and the answers to them.
final class MessagePool: Sendable {
    let flow: GatewayFlow
    let octetCount: Int
    private let sender: MessageProtector
    private let plain: (head: [UInt8], tail: [UInt8])
    private let made = Mutex<[[UInt8]]>([])
    /// What the receiver answers.
    let answers: [[UInt8]]

    init(_ flow: GatewayFlow, octetCount: Int, keys: GatewayKeys) throws {
        self.flow = flow
        self.octetCount = octetCount
        sender = try keys.protector("sender", encrypting: flow.isEncrypting)
        let order = OrderMessage.octets(octetCount)
        let mark = Array("<soapenv:Header>".utf8)
        guard let place = order.firstRange(of: mark)?.upperBound else { throw BenchError("an order without a header") }
        plain = (Array(order[..<place]), Array(order[place...]))
        let receiver = try keys.protector("receiver", encrypting: flow.isEncrypting)
        let now = Date()
        answers = try (0..<16).map { _ in try receiver.protect(order, now: now) }
    }

    /// A fresh message, protected now, as an HTTP request.
    func make() throws -> [UInt8] {
        let id = """
            <wsa:MessageID xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:uuid:\(UUID().uuidString)</wsa:MessageID>
            """
        let message = try sender.protect(plain.head + Array(id.utf8) + plain.tail, now: Date())
        let head = """
            POST \(flow.path) HTTP/1.1\r\nHost: gateway\r\nContent-Type: text/xml; charset=utf-8\r\n\
            SOAPAction: "urn:example:order"\r\nContent-Length: \(message.count)\r\n\r\n
            """
        return Array(head.utf8) + message
    }

    /// Makes messages until there are `count`.
    func fill(_ count: Int) throws {
        while made.withLock({ $0.count }) < count {
            let message = try make()
            made.withLock { $0.append(message) }
        }
    }

    /// Takes one that was made before; makes one when there is none.
    func take() throws -> [UInt8] {
        if let message = made.withLock({ $0.popLast() }) { return message }
        return try make()
    }
}

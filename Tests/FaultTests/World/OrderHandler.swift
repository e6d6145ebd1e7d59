import Foundation
import NIOCore
import NIOHTTP1

/// Reads orders and answers, or fails to, octet by octet.
final class OrderHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart

    private let keys: PartnerKeys
    private let journal: Journal
    private let clock: @Sendable () -> Date
    private let manner: Manners
    private var path = ""
    private var body: [UInt8] = []

    init(keys: PartnerKeys, journal: Journal, clock: @escaping @Sendable () -> Date, manner: Manners) {
        self.keys = keys
        self.journal = journal
        self.clock = clock
        self.manner = manner
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            path = head.uri
            body = []
        case .body(let part): body += part.readableBytesView
        case .end: receive(in: context.channel)
        }
    }

    /// A tenant that has ended says no more, and hears no answer.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed = event { context.close(promise: nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func receive(in channel: any Channel) {
        guard let id = Order.id(of: body, keys: keys, at: clock()) else {
            journal.note { $0.unreadable += 1 }
            return Self.write("HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n", to: channel)
        }
        let manner = manner.next()
        let isTaken = manner == .take || manner == .slow
        // Noted before the answer leaves: a message may come again as soon as the tenant is killed.
        journal.note { $0.receipts[id, default: []].append(Journal.Receipt(at: .now, isTaken: isTaken)) }
        let answer =
            path == "/orders" ? Self.confirmation(Order.confirmation(of: id, keys: keys, at: clock())) : Self.taken
        switch manner {
        case .take: Self.write(answer, to: channel)
        case .slow: channel.eventLoop.scheduleTask(in: .milliseconds(700)) { Self.write(answer, to: channel) }
        case .reset: Self.reset(channel)
        case .resetWithinAnswer:
            Self.write(answer.prefix(20), to: channel)
            Self.reset(channel)
        case .garbage: Self.write((0..<200).map { _ in UInt8.random(in: .min ... .max) }, to: channel)
        case .errorPage: Self.write(Self.errorPage, to: channel)
        case .halfClose: channel.close(mode: .output, promise: nil)
        case .halfCloseWithinAnswer:
            Self.write(answer.prefix(20), to: channel)
            channel.close(mode: .output, promise: nil)
        case .silence: break
        }
    }

    private static func write(_ octets: some Collection<UInt8>, to channel: any Channel) {
        channel.writeAndFlush(ByteBuffer(bytes: octets), promise: nil)
    }

    private static func write(_ text: String, to channel: any Channel) {
        write(Array(text.utf8), to: channel)
    }

    /// Closing a socket that lingers for no time sends RST.
    private static func reset(_ channel: any Channel) {
        let linger = linger(l_onoff: 1, l_linger: 0)
        guard let socket = channel as? any SocketOptionProvider else { return }
        socket.setSoLinger(linger).whenComplete { _ in channel.close(promise: nil) }
    }

    private static let taken = Array("HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n".utf8)
    private static let errorPage = Array(
        "HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\ncontent-length: 20\r\n\r\n<html>Proxy</p></bad".utf8
    )

    private static func confirmation(_ message: [UInt8]) -> [UInt8] {
        Array(
            "HTTP/1.1 200 OK\r\ncontent-type: text/xml; charset=utf-8\r\ncontent-length: \(message.count)\r\n\r\n".utf8
        ) + message
    }
}

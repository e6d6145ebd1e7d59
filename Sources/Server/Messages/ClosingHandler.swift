import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends the connection behind an answer that says `Connection: close` (RFC 9112 section 9.6), whether the request was read to its end or
/// not.
///
/// A sender that goes on is given some time to notice, for a reset would take the answer from it; what it sends is thrown away.
final class ClosingHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let pause = TimeAmount.seconds(1)
    private static let pauseLimit = 10

    private var isLast = false
    private var isRequestRead = true
    private var isAnswered = false
    private var hasRead = false

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hasRead = true
        switch unwrapInboundIn(data) {
        case .head: isRequestRead = false
        case .end: isRequestRead = true
        case .body: break
        }
        context.fireChannelRead(data)
        if isAnswered, isRequestRead { context.close(promise: nil) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isLast = head.headerFields[.connection]?.lowercased() == "close"
            context.write(data, promise: promise)
        case .end where isLast:
            context.writeAndFlush(data, promise: promise)
            isAnswered = true
            guard !isRequestRead else { return context.close(promise: nil) }
            wait(context, Self.pauseLimit)
        default: context.write(data, promise: promise)
        }
    }

    /// Closes when nothing arrives for a pause, and after so many at the latest.
    private func wait(_ context: ChannelHandlerContext, _ pauses: Int) {
        hasRead = false
        context.eventLoop.assumeIsolated()
            .scheduleTask(in: Self.pause) {
                guard self.hasRead, pauses > 1 else { return context.close(promise: nil) }
                self.wait(context, pauses - 1)
            }
    }
}

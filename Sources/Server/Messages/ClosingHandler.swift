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
    /// The last answer has left and the request goes on.
    private var isLingering = false
    private var hasRead = false
    private var closing: EventLoopPromise<Void>?

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        hasRead = true
        switch unwrapInboundIn(data) {
        case .head: isRequestRead = false
        case .end: isRequestRead = true
        case .body: break
        }
        guard isLingering else { return context.fireChannelRead(data) }
        if isRequestRead { end(context) }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        context.fireChannelReadComplete()
        if isLingering { context.read() }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isLast = head.headerFields[.connection]?.lowercased() == "close"
            context.write(data, promise: promise)
        case .end where isLast:
            context.writeAndFlush(data, promise: promise)
            guard !isRequestRead else { return context.close(promise: nil) }
            isLingering = true
            wait(context, Self.pauseLimit)
            context.read()
        default: context.write(data, promise: promise)
        }
    }

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        guard isLingering else { return context.close(mode: mode, promise: promise) }
        guard let promise else { return }
        if let closing { closing.futureResult.cascade(to: promise) } else { closing = promise }
    }

    func channelInactive(context: ChannelHandlerContext) {
        isLingering = false
        closing?.succeed()
        closing = nil
        context.fireChannelInactive()
    }

    /// Closes when nothing arrives for a pause, and after so many at the latest.
    private func wait(_ context: ChannelHandlerContext, _ pauses: Int) {
        hasRead = false
        context.eventLoop.assumeIsolated()
            .scheduleTask(in: Self.pause) {
                guard self.isLingering else { return }
                guard self.hasRead, pauses > 1 else { return self.end(context) }
                self.wait(context, pauses - 1)
            }
    }

    private func end(_ context: ChannelHandlerContext) {
        isLingering = false
        let promise = closing
        closing = nil
        context.close(promise: promise)
    }
}

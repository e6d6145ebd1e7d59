import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends the connection behind an answer that says `Connection: close` (RFC 9112 section 9.6), whether the request was read to its end or
/// not.
///
/// What still arrives is thrown away for a moment before that, so that the answer is not lost to a reset.
final class ClosingHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let patience = TimeAmount.seconds(1)

    private var isLast = false
    private var isRequestRead = true

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isRequestRead = false
        case .end: isRequestRead = true
        case .body: break
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isLast = head.headerFields[.connection]?.lowercased() == "close"
            context.write(data, promise: promise)
        case .end where isLast:
            context.writeAndFlush(data, promise: promise)
            guard !isRequestRead else { return context.close(promise: nil) }
            context.eventLoop.assumeIsolated().scheduleTask(in: Self.patience) { context.close(promise: nil) }
        default: context.write(data, promise: promise)
        }
    }
}

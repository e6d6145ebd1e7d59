import NIOCore
import NIOHTTPTypes

/// A request that took longer to arrive than it may.
struct LateRequest: Error {}

/// Bounds how long a request may take to arrive: whoever reads its body gets a ``LateRequest``.
///
/// A request that is there at once needs no timer.
final class ArrivalBound: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let bound: TimeAmount
    private var isArriving = false
    private var timer: Scheduled<Void>?

    init(_ bound: Duration) { self.bound = TimeAmount(bound) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: isArriving = true
        case .body: break
        case .end: end()
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        if isArriving, timer == nil {
            timer = context.eventLoop.assumeIsolated()
                .scheduleTask(in: bound) {
                    self.end()
                    context.fireErrorCaught(LateRequest())
                }
        }
        context.fireChannelReadComplete()
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) { end() }

    private func end() {
        isArriving = false
        timer?.cancel()
        timer = nil
    }
}

package import NIOCore

/// Sends what a connection writes within one turn of its event loop in one system call: HTTP's head, body and end are written apart,
/// each with a flush of its own.
package final class FlushGathering: ChannelOutboundHandler, RemovableChannelHandler {
    package typealias OutboundIn = ByteBuffer

    private var isDue = false

    package init() {}

    package func flush(context: ChannelHandlerContext) {
        guard !isDue else { return }
        isDue = true
        context.eventLoop.assumeIsolated().execute { self.flushIfDue(context) }
    }

    package func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        flushIfDue(context)
        context.close(mode: mode, promise: promise)
    }

    package func handlerRemoved(context: ChannelHandlerContext) { isDue = false }

    private func flushIfDue(_ context: ChannelHandlerContext) {
        guard isDue else { return }
        isDue = false
        context.flush()
    }
}

package import NIOCore

/// Sends what a connection writes within one turn of its event loop in one system call: HTTP's head, body and end are written apart,
/// each with a flush of its own.
package final class FlushGathering: ChannelOutboundHandler, RemovableChannelHandler {
    /// Octets on their way to the socket.
    package typealias OutboundIn = ByteBuffer

    private var isDue = false

    /// A handler for one connection, nearest to its socket or to its TLS.
    package init() {}

    /// Sends at the end of the turn.
    package func flush(context: ChannelHandlerContext) {
        guard !isDue else { return }
        isDue = true
        context.eventLoop.assumeIsolated().execute { self.flushIfDue(context) }
    }

    /// Sends what is due before the connection ends.
    package func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        flushIfDue(context)
        context.close(mode: mode, promise: promise)
    }

    /// Nothing more is sent by this handler.
    package func handlerRemoved(context: ChannelHandlerContext) { isDue = false }

    private func flushIfDue(_ context: ChannelHandlerContext) {
        guard isDue else { return }
        isDue = false
        context.flush()
    }
}

import HummingbirdCore
import Logging
import NIOCore

/// Puts TLS below the HTTP of a connection, with the key of the moment at which the connection is made.
struct TLSChildChannel<Base: ServerChildChannel>: ServerChildChannel {
    typealias Value = Base.Value

    let base: Base
    let tls: ListenerTLS

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop
            .makeCompletedFuture {
                guard let handlers = try? tls.handlers() else {
                    return try channel.pipeline.syncOperations.addHandler(ConnectionRefusal())
                }
                try channel.pipeline.syncOperations.addHandlers(handlers)
            }
            .flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}

/// Closes a connection as soon as it stands.
private final class ConnectionRefusal: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    func channelActive(context: ChannelHandlerContext) { context.close(promise: nil) }
}

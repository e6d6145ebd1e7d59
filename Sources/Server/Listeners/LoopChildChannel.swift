import HummingbirdCore
import Logging
import Messaging
import NIOCore
import NIOHTTPTypes

/// Serves a connection for messages on the event loop that it is of, with few system calls.
struct LoopChildChannel<Base: ServerChildChannel>: ServerChildChannel
where Base.Value == NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart> {
    typealias Value = Base.Value

    let base: Base

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop
            .makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(FlushGathering()) }
            .flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskExecutorPreference(LoopExecutor(value.channel.eventLoop)) {
            await base.handle(value: value, logger: logger)
        }
    }
}

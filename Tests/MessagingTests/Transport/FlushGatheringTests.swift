import NIOCore
import NIOEmbedded
import Testing

@testable import Messaging

@Suite("What is written in one turn of the event loop leaves together")
struct FlushGatheringTests {
    /// Counts the flushes that reach the socket.
    private final class FlushCount: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var count = 0

        func flush(context: ChannelHandlerContext) {
            count += 1
            context.flush()
        }
    }

    private let counter = FlushCount()
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel(handlers: [counter, FlushGathering()])
    }

    private func write(_ texts: String...) {
        for text in texts { channel.writeAndFlush(ByteBuffer(string: text), promise: nil) }
    }

    private func sent() throws -> String {
        var text = ""
        while let buffer = try channel.readOutbound(as: ByteBuffer.self) { text += String(buffer: buffer) }
        return text
    }

    @Test("Three writes with a flush each are flushed once, in their order, at the end of the turn")
    func gathers() throws {
        write("head ", "body ", "end")
        #expect(counter.count == 0)
        channel.embeddedEventLoop.run()
        #expect(try counter.count == 1 && sent() == "head body end")
        write("next")
        channel.embeddedEventLoop.run()
        #expect(try counter.count == 2 && sent() == "next")
        channel.embeddedEventLoop.run()
        #expect(counter.count == 2)
    }

    @Test("A connection that is closed in the same turn sends before it ends")
    func closes() throws {
        write("last words")
        channel.close(promise: nil)
        #expect(try counter.count == 1 && sent() == "last words")
    }
}

import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
import Testing

@testable import Server

@Suite("A request has a bounded time to arrive")
struct ArrivalBoundTests {
    private let channel: EmbeddedChannel

    init() throws {
        channel = EmbeddedChannel(handler: ArrivalBound(.seconds(60)))
    }

    private func receive(_ part: HTTPRequestPart) { channel.pipeline.fireChannelRead(part) }

    private func turn() { channel.pipeline.fireChannelReadComplete() }

    private let head = HTTPRequestPart.head(HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/"))

    @Test("Its reader gets an error when the bound is over, however the parts trickle")
    func late() throws {
        receive(head)
        turn()
        for _ in 0..<5 {
            channel.embeddedEventLoop.advanceTime(by: .seconds(10))
            receive(.body(ByteBuffer(string: "x")))
            turn()
        }
        try channel.throwIfErrorCaught()
        channel.embeddedEventLoop.advanceTime(by: .seconds(10))
        #expect(throws: LateRequest.self) { try channel.throwIfErrorCaught() }
    }

    @Test("One that is there does not count, and the next has the whole time again", arguments: [true, false])
    func complete(isAtOnce: Bool) throws {
        for _ in 0..<3 {
            receive(head)
            if !isAtOnce {
                turn()
                channel.embeddedEventLoop.advanceTime(by: .seconds(59))
            }
            receive(.end(nil))
            turn()
            channel.embeddedEventLoop.advanceTime(by: .seconds(61))
        }
        try channel.throwIfErrorCaught()
    }
}

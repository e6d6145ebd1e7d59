import AsyncHTTPClient
import Foundation
import ManagementAPI
import NIOCore
import NIOHTTP1
import NIOPosix
import TestSupport
import Testing

@testable import Messaging

@Suite("The listener of messages speaks HTTP as senders expect")
struct HTTPMannersTests {
    /// Runs `body` with the flow of the tests and its sender.
    private static func run(
        transport: Transport = Transport(),
        _ body: @Sendable (World, SigningSender) async throws -> Void
    ) async throws {
        try await World.run(transport: transport) { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            try await body(world, sender)
        }
    }

    @Test("Chunked bodies and those of known length are taken alike", arguments: [true, false])
    func framing(isChunked: Bool) async throws {
        try await Self.run { world, sender in
            let message = try sender.request(1, now: world.clock.now)
            var request = HTTPClientRequest(url: world.messages + "/in/orders")
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "text/xml")
            let parts = Parts(octets: message)
            request.body = .stream(parts, length: isChunked ? .unknown : .known(Int64(message.count)))
            #expect(try await world.send(request).status == 200)
        }
    }

    @Test("A compressed message is taken, and one that lies about it gets a fault")
    func gzip() async throws {
        try await Self.run { world, sender in
            var request = HTTPClientRequest(url: world.messages + "/in/orders")
            request.method = .POST
            request.headers.add(name: "Content-Type", value: "text/xml")
            request.headers.add(name: "Content-Encoding", value: "gzip")
            let message = try Payload(sender.request(1, now: world.clock.now))
            let terms = RuntimeConfiguration().payloads
            let small = try #require(try GzipWriter.compressed(message, terms))
            request.body = .bytes(ByteBuffer(bytes: try small.octets()))
            #expect(try await world.send(request).status == 200)
            request.body = .bytes(ByteBuffer(string: "<a/>"))
            let answer = try await world.send(request)
            #expect(answer.status == 400 && answer.body.contains("Fault>"))
            request.headers.replaceOrAdd(name: "Content-Encoding", value: "br")
            #expect(try await world.send(request).status == 415)
        }
    }

    @Test("A message that does not arrive in time is given up, and one that does is not")
    func lateness() async throws {
        try await Self.run(transport: Transport(arrivalBound: .milliseconds(300))) { world, sender in
            let head = "POST /in/orders HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
            let port = try #require(URL(string: world.messages)?.port)
            let late = try await Conversation.run(port, head + "Content-Length: 4\r\n\r\n<a/")
            #expect(
                late.hasPrefix("HTTP/1.1 408 ") && late.lowercased().contains("connection: close"),
                "\(late.prefix(200))"
            )
            let message = String(decoding: try sender.request(1, now: world.clock.now), as: UTF8.self)
            let timely = try await Conversation.run(
                port,
                head + "Connection: close\r\nContent-Length: \(message.utf8.count)\r\n\r\n" + message
            )
            #expect(timely.hasPrefix("HTTP/1.1 200 "), "\(timely.prefix(200))")
        }
    }

    @Test("Who asks first is told to go on, or why not, before the body travels")
    func expectation() async throws {
        try await Self.run { world, sender in
            let message = try sender.request(1, now: world.clock.now)
            let head = "POST /in/orders HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\nConnection: close\r\n"
            let port = try #require(URL(string: world.messages)?.port)
            let asked = try await Conversation.run(
                port,
                head + "Content-Length: \(message.count)\r\nExpect: 100-continue\r\n\r\n",
                then: message
            )
            #expect(asked.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"), "\(asked.prefix(200))")
            let large = try await Conversation.run(
                port,
                head + "Content-Length: \(World.messageOctetLimit + 1)\r\nExpect: 100-continue\r\n\r\n"
            )
            #expect(large.hasPrefix("HTTP/1.1 413 ") && large.contains("Fault>"), "\(large.prefix(200))")
            let odd = try await Conversation.run(port, head + "Content-Length: 4\r\nExpect: the-best\r\n\r\n")
            #expect(odd.hasPrefix("HTTP/1.1 417 "), "\(odd.prefix(200))")
        }
    }
}

extension HTTPMannersTests {
    @Test("After a refused body that nobody asked for the connection ends; what is left of it is not waited for")
    func closing() async throws {
        try await Self.run { world, sender in
            let port = try #require(URL(string: world.messages)?.port)
            let head = "POST /in/orders HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n"
            let long = try await Conversation.run(
                port,
                head + "Content-Length: \(World.messageOctetLimit + 1)\r\n\r\n<beginning>"
            )
            #expect(long.hasPrefix("HTTP/1.1 413 ") && long.contains("Fault>"), "\(long.prefix(200))")
            let size = String(World.messageOctetLimit + 1, radix: 16)
            let chunk = String(repeating: "x", count: World.messageOctetLimit + 1)
            let endless = try await Conversation.run(
                port,
                head + "Transfer-Encoding: chunked\r\n\r\n\(size)\r\n\(chunk)\r\n"
            )
            #expect(endless.hasPrefix("HTTP/1.1 413 ") && endless.contains("Fault>"), "\(endless.prefix(200))")
        }
    }
}

/// Octets in small parts.
private struct Parts: AsyncSequence, Sendable {
    let octets: [UInt8]

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: ArraySlice<UInt8>

        mutating func next() async -> ByteBuffer? {
            guard !rest.isEmpty else { return nil }
            defer { rest = rest.dropFirst(100) }
            return ByteBuffer(bytes: rest.prefix(100))
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: octets[...]) }
}

/// A connection whose octets are written by hand.
private enum Conversation {
    /// Sends `head`, and `body` once the server says 100; returns everything that came until the server closed.
    static func run(_ port: Int, _ head: String, then body: [UInt8]? = nil) async throws -> String {
        let channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(string: head))
            var text = ""
            var isSent = false
            for try await part in inbound {
                text += String(buffer: part)
                if let body, !isSent, text.hasPrefix("HTTP/1.1 100 ") {
                    isSent = true
                    try await outbound.write(ByteBuffer(bytes: body))
                }
            }
            return text
        }
    }
}

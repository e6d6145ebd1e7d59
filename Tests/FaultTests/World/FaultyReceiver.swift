import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A receiver system on loopback that answers, or fails, as it is told.
final class FaultyReceiver: Sendable {
    /// How it treats a message.
    enum Manner: Sendable, CaseIterable {
        /// Takes it.
        case take
        /// Takes it after a while.
        case slow
        /// Resets the connection instead of answering.
        case reset
        /// Resets the connection within the answer.
        case resetWithinAnswer
        /// Answers octets that are no HTTP.
        case garbage
        /// Answers HTTP with a body that is no SOAP.
        case errorPage
        /// Closes its half of the connection instead of answering.
        case halfClose
        /// Closes its half of the connection within the answer.
        case halfCloseWithinAnswer
        /// Never answers.
        case silence
    }

    let port: Int
    private let channel: any Channel
    private let manner: Manners
    private let connections: Connections

    /// Listens on a port of its own; what arrives is noted in `journal`.
    init(keys: PartnerKeys, journal: Journal, clock: @escaping @Sendable () -> Date) async throws {
        let (manner, connections) = (Manners(), Connections())
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    connections.add(channel)
                    try channel.pipeline.syncOperations.addHandlers(
                        ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes)),
                        OrderHandler(keys: keys, journal: journal, clock: clock, manner: manner)
                    )
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.manner = manner
        self.connections = connections
        port = channel.localAddress?.port ?? 0
    }

    /// Treats messages like this from now on.
    func set(_ manner: Manner) { self.manner.set { manner } }

    /// Draws how to treat each message.
    func set(drawing manner: @escaping @Sendable () -> Manner) { self.manner.set(manner) }

    /// Returns when everything that a process sent before its end has been read.
    func drain() async throws {
        // Connections are accepted in their order: after this one, all that were made before are known.
        let last = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port).get()
        let port = last.localAddress?.port ?? 0
        try await wait(for: "the receiver to accept a connection") { connections.hasSeen(port) }
        try await last.close()
        try await wait(for: "connections to end") { connections.openCount == 0 }
    }

    func stop() async throws { try await channel.close() }
}

/// The receiver's connections.
final class Connections: Sendable {
    private let ports = Mutex<(seen: Set<Int>, openCount: Int)>(([], 0))

    var openCount: Int { ports.withLock { $0.openCount } }

    func hasSeen(_ port: Int) -> Bool { ports.withLock { $0.seen.contains(port) } }

    func add(_ channel: any Channel) {
        let port = channel.remoteAddress?.port ?? 0
        ports.withLock { ports in
            ports.seen.insert(port)
            ports.openCount += 1
        }
        channel.closeFuture.whenComplete { _ in self.ports.withLock { $0.openCount -= 1 } }
    }
}

/// How the next message is treated.
final class Manners: Sendable {
    private let draw = Mutex<@Sendable () -> FaultyReceiver.Manner>({ .take })

    func set(_ draw: @escaping @Sendable () -> FaultyReceiver.Manner) { self.draw.withLock { $0 = draw } }

    func next() -> FaultyReceiver.Manner { draw.withLock { $0() } }
}

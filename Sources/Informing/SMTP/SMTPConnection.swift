import NIOCore
import NIOPosix
import NIOSSL

/// A connection to a mail server: one command, one reply.
struct SMTPConnection: Sendable {
    private let channel: any Channel
    private let handler: NIOLoopBound<SMTPReplyHandler>
    private let tls: NIOSSLContext?
    private let host: String?
    private let patience: TimeAmount

    /// Connects, with TLS from the beginning where the server wants that.
    static func open(_ server: SMTPServer) async throws -> SMTPConnection {
        let tls = server.security == .none ? nil : try context(trusting: server.trust)
        let host = (try? SocketAddress(ipAddress: server.host, port: 0)) == nil ? server.host : nil
        let isImplicit = server.security == .tls
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(30))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if isImplicit, let tls {
                        let handler = try NIOSSLClientHandler(context: tls, serverHostname: host)
                        try channel.pipeline.syncOperations.addHandler(handler)
                    }
                    try channel.pipeline.syncOperations.addHandler(SMTPReplyHandler())
                }
            }
            .connect(host: server.host, port: server.port)
            .get()
        let handler = try await channel.eventLoop
            .submit {
                let handler = try channel.pipeline.syncOperations.handler(type: SMTPReplyHandler.self)
                return NIOLoopBound(handler, eventLoop: channel.eventLoop)
            }
            .get()
        return SMTPConnection(
            channel: channel,
            handler: handler,
            tls: tls,
            host: host,
            patience: TimeAmount(server.patience)
        )
    }

    /// What the server says first.
    func greeting() async throws -> SMTPReply { try await reply(to: nil, beginningTLS: false) }

    /// The reply to one line.
    func send(_ line: String) async throws -> SMTPReply {
        try await reply(to: ByteBuffer(string: line + "\r\n"), beginningTLS: false)
    }

    /// The reply to STARTTLS; when it is 220, all that follows goes under TLS.
    func startTLS() async throws -> SMTPReply {
        try await reply(to: ByteBuffer(string: "STARTTLS\r\n"), beginningTLS: true)
    }

    /// The reply to a message, which is dot-stuffed here (RFC 5321, section 4.5.2).
    func send(message octets: [UInt8]) async throws -> SMTPReply {
        var buffer = ByteBuffer()
        buffer.reserveCapacity(octets.count + 64)
        var previous = UInt8(ascii: "\n")
        for octet in octets {
            if octet == UInt8(ascii: "."), previous == UInt8(ascii: "\n") { buffer.writeInteger(octet) }
            buffer.writeInteger(octet)
            previous = octet
        }
        buffer.writeString(previous == UInt8(ascii: "\n") ? ".\r\n" : "\r\n.\r\n")
        return try await reply(to: buffer, beginningTLS: false)
    }

    /// Closes it; nothing is waited for.
    func close() { channel.close(promise: nil) }

    private func reply(to command: ByteBuffer?, beginningTLS: Bool) async throws -> SMTPReply {
        let promise = channel.eventLoop.makePromise(of: SMTPReply.self)
        let (handler, channel, host, tls) = (handler, channel, host, beginningTLS ? tls : nil)
        channel.eventLoop.execute {
            handler.value.expect(promise, tls: tls.map { ($0, host) })
            if let command { channel.writeAndFlush(command, promise: nil) }
        }
        let bound = channel.eventLoop.scheduleTask(in: patience) {
            handler.value.fail(SMTPReplyHandler.Failure.timedOut)
        }
        defer { bound.cancel() }
        return try await withTaskCancellationHandler {
            try await promise.futureResult.get()
        } onCancel: {
            channel.close(promise: nil)
        }
    }

    private static func context(trusting file: String?) throws -> NIOSSLContext {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let file { configuration.trustRoots = .file(file) }
        return try NIOSSLContext(configuration: configuration)
    }
}

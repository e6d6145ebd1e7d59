import NIOCore
import NIOSSL

/// Gives each command its reply; what comes unasked ends the connection.
///
/// TLS begins in the same turn of the event loop in which the server agreed to it, so that nothing sent before can pass
/// for something sent under it.
final class SMTPReplyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// Why there is no reply.
    enum Failure: Error {
        case closed
        case unasked
        case timedOut
    }

    private var reader = SMTPReplyReader()
    private var awaited: EventLoopPromise<SMTPReply>?
    private var tls: (context: NIOSSLContext, host: String?)?
    private var greeting: SMTPReply?
    private var isGreeted = false
    private var failure: (any Error)?

    /// The next reply is for `promise`; when it is 220 and `tls` is given, TLS begins.
    func expect(_ promise: EventLoopPromise<SMTPReply>, tls: (context: NIOSSLContext, host: String?)? = nil) {
        if let failure { return promise.fail(failure) }
        if let greeting {
            self.greeting = nil
            return promise.succeed(greeting)
        }
        (awaited, self.tls) = (promise, tls)
    }

    /// Fails what is awaited.
    func fail(_ error: any Error) {
        failure = failure ?? error
        awaited?.fail(failure ?? error)
        awaited = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        do {
            try reader.append(unwrapInboundIn(data))
            while let reply = try reader.next() { try give(reply, context) }
        } catch {
            fail(error)
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        fail(Failure.closed)
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(error)
        context.close(promise: nil)
    }

    private func give(_ reply: SMTPReply, _ context: ChannelHandlerContext) throws {
        guard let promise = awaited else {
            guard !isGreeted else { throw Failure.unasked }
            (greeting, isGreeted) = (reply, true)
            return
        }
        isGreeted = true
        awaited = nil
        do {
            if let tls, reply.code == 220 {
                guard reader.isEmpty else { throw Failure.unasked }
                let handler = try NIOSSLClientHandler(context: tls.context, serverHostname: tls.host)
                try context.pipeline.syncOperations.addHandler(handler, position: .first)
            }
            tls = nil
            promise.succeed(reply)
        } catch {
            promise.fail(error)
            throw error
        }
    }
}

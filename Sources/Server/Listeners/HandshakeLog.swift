import Logging
import Messaging
import NIOCore
import NIOSSL

/// Writes to the log why a TLS handshake failed.
final class HandshakeLog: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let logger: Logger

    init(logger: Logger) { self.logger = logger }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case NIOSSLError.handshakeFailed(let reason) = error {
            // Who only looks whether the port is open is no news.
            let isGone = reason == .sslError([.eofDuringHandshake])
            logger.log(
                level: isGone ? .debug : .notice,
                "TLS handshake failed",
                metadata: [
                    "peer.address": "\(context.channel.remoteAddress?.ipAddress ?? "unknown")",
                    "tls.cause": "\(TLSFailure.reason(of: error) ?? "unknown")",
                ]
            )
        }
        context.fireErrorCaught(error)
    }
}

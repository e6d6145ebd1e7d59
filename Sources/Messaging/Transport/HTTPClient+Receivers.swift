package import AsyncHTTPClient
import NIOCore
import NIOSSL

extension HTTPClient.Configuration {
    /// The settings of a client for receivers: no redirects (they would lead a message to another host), no proxy, no
    /// decompression, and no waiting for a receiver that refuses the connection: the sender is asked to come again.
    ///
    /// A connection that leads where `rules` forbid is closed before anything is written to it.
    package static func forReceivers(_ rules: ReceiverRules) -> HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.raiseFloor()
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(connect: .seconds(10)),
            decompression: .disabled
        )
        configuration.httpVersion = .http1Only
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.http1_1ConnectionDebugInitializer = { channel in
            do throws(ReceiverRefusal) {
                try rules.check(peer: channel.remoteAddress)
                return channel.eventLoop.makeSucceededVoidFuture()
            } catch {
                channel.close(promise: nil)
                return channel.eventLoop.makeFailedFuture(error)
            }
        }
        return configuration
    }
}

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
        // The client's own limit is 8: requests to a receiver that answers slowly would wait for one another.
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 256
        configuration.http1_1ConnectionDebugInitializer = { channel in
            do throws(ReceiverRefusal) {
                try rules.check(peer: channel.remoteAddress)
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(FlushGathering(), position: .first)
                }
            } catch {
                channel.close(promise: nil)
                return channel.eventLoop.makeFailedFuture(error)
            }
        }
        return configuration
    }
}

import Hummingbird
import Logging
import Messaging
import NIOCore
import NIOSSL

/// What is known of the connection that a message comes over.
struct MessageContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Who sends `request`: by the connection itself, never by what a header says of another one.
    func caller(of request: Request, isTLS: Bool) -> InboundCaller {
        let channel = channel
        return InboundCaller(
            address: channel.remoteAddress?.ipAddress ?? "local",
            isTLS: isTLS,
            authorization: request.headers[.authorization],
            certificate: {
                guard isTLS else { return nil }
                return try? await channel.nioSSL_peerCertificate().get()?.toDERBytes()
            }
        )
    }
}

import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// A receiver on loopback that answers every request with the same envelope, unprotected.
final class EchoReceiver: Sendable {
    private let currentPort = Mutex(0)

    /// The port it listens on; 0 before it does.
    var port: Int {
        get { currentPort.withLock { $0 } }
        set { currentPort.withLock { $0 = newValue } }
    }

    func service(_ logger: Logger, onListening: @escaping @Sendable (Int) -> Void) -> some Service {
        Application(
            responder: CallbackResponder { (_: Request, _: BasicRequestContext) in
                Response(
                    status: .ok,
                    headers: [.contentType: "text/xml"],
                    body: ResponseBody(byteBuffer: ByteBuffer(string: Self.answer))
                )
            },
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { onListening($0.localAddress?.port ?? 0) },
            logger: logger
        )
    }

    private static let answer = """
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:Done xmlns:m="urn:m"/></s:Body>\
        </s:Envelope>
        """
}

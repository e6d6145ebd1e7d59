import HTTPTypes
import Hummingbird
import NIOCore

/// The receiver over HTTP: every POST is an order.
struct OrderReceiverResponder: HTTPResponder {
    typealias Context = BasicRequestContext

    let receiver: OrderReceiver

    /// The most octets of a message.
    private static let messageLimit = 4 << 20

    func respond(to request: Request, context: Context) async throws -> Response {
        guard request.method == .post else { return Response(status: .methodNotAllowed) }
        let message = try await request.body.collect(upTo: Self.messageLimit)
        let reply = try await receiver.reply(to: Array(message.readableBytesView), path: request.uri.path)
        var headers = HTTPFields()
        headers[.contentType] = reply.mediaType.map { "\($0); charset=utf-8" }
        return Response(
            status: HTTPResponse.Status(code: reply.status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: reply.body))
        )
    }
}

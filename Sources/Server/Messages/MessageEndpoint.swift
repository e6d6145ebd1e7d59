import FoundationEssentials
import HTTPTypes
import Hummingbird
import Messaging
import NIOCore

/// Takes SOAP messages in over HTTP on any path, and sends the runtime's answer.
struct MessageEndpoint: HTTPResponder {
    let runtime: TenantRuntime
    let health: TenantHealth
    /// The most octets of a message.
    let octetLimit: Int
    /// How long a message may take to arrive.
    let timeBound: Duration
    /// Whether connections have TLS that ends here.
    let isTLS: Bool

    func respond(to request: Request, context: MessageContext) async throws -> Response {
        guard request.method == .post else {
            return Response(status: .methodNotAllowed, headers: [.allow: "POST"])
        }
        if health.isDraining {
            // A connection that was kept open; the listener itself takes no new ones.
            return Response(status: .serviceUnavailable, headers: [.connection: "close", .retryAfter: "1"])
        }
        switch await runtime.admit(context.caller(of: request, isTLS: isTLS), to: request.uri.path) {
        case .refused(let reply): return Response(reply)
        case .admitted(let admission): return try await answer(request, admission)
        }
    }

    private func answer(_ request: Request, _ admission: Admission?) async throws -> Response {
        let (body, limit) = (request.body, octetLimit)
        let octets = try await Deadline.within(timeBound) {
            try await MessageBody.octets(of: body, limit: limit)
        }
        guard let octets else {
            return Response(status: .requestTimeout, headers: [.connection: "close"])
        }
        let reply = await runtime.handle(
            path: request.uri.path,
            headers: request.fields,
            body: octets,
            admission: admission
        )
        return Response(reply)
    }
}

/// Reads the body of a message.
enum MessageBody {
    /// At most `limit` octets and one more, which tells the runtime that the message is too large; the rest is not kept.
    static func octets(of body: RequestBody, limit: Int) async throws -> [UInt8] {
        var octets: [UInt8] = []
        for try await part in body {
            octets += part.readableBytesView.prefix(limit + 1 - octets.count)
            if octets.count > limit { break }
        }
        return octets
    }
}

extension Request {
    fileprivate var fields: [(name: String, value: String)] {
        headers.map { ($0.name.rawName, $0.value) }
    }
}

extension Response {
    /// The runtime's answer; its exchange ends when the answer has left.
    fileprivate init(_ reply: InboundReply) {
        var headers = HTTPFields()
        headers[.contentType] = reply.contentType
        for (name, value) in reply.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        self.init(
            status: HTTPResponse.Status(code: reply.status),
            headers: headers,
            body: ResponseBody(contentLength: reply.body.count) { writer in
                if !reply.body.isEmpty { try await writer.write(ByteBuffer(bytes: reply.body)) }
                try await writer.finish(nil)
                reply.exchange?.end()
            }
        )
    }
}

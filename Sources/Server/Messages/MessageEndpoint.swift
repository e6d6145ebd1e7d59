import FoundationEssentials
import HTTPTypes
import Hummingbird
import Messaging
import NIOCore

/// Takes SOAP messages in over HTTP on any path, and sends the runtime's answer.
struct MessageEndpoint: HTTPResponder {
    let runtime: TenantRuntime
    let health: TenantHealth
    /// Whether connections have TLS that ends here.
    let isTLS: Bool

    func respond(to request: Request, context: MessageContext) async throws -> Response {
        guard request.method == .post || request.method == .get && request.uri.query?.lowercased() == "wsdl" else {
            return Response(status: .methodNotAllowed, headers: [.allow: "POST"])
        }
        guard request.headers[.expect] == nil || request.head.isAskingFirst else {
            return Response(status: .expectationFailed)
        }
        if health.isDraining {
            // A connection that was kept open; the listener itself takes no new ones.
            return Response(status: .serviceUnavailable, headers: [.connection: "close", .retryAfter: "1"])
        }
        let isWSDL = request.method == .get
        let caller = context.caller(of: request, isTLS: isTLS)
        let contentType = request.headers[.contentType] ?? ""
        switch await runtime.admit(caller, to: request.uri.path, contentType: contentType) {
        case .refused(let reply): return Response(reply)
        case .admitted where isWSDL:
            let reply = await runtime.wsdl(path: request.uri.path, query: request.uri.query)
            return reply.map(Response.init) ?? Response(status: .methodNotAllowed, headers: [.allow: "POST"])
        case .admitted(let admission): return try await answer(request, admission)
        }
    }

    private func answer(_ request: Request, _ admission: Admission?) async throws -> Response {
        let (path, fields) = (request.uri.path, request.fields)
        do {
            var reader = try runtime.bodyReader(path: path, headers: fields)
            for try await part in request.body { try reader.read(part) }
            let payload = try reader.finish()
            return Response(await runtime.handle(path: path, headers: fields, body: payload, admission: admission))
        } catch let error as BodyError {
            // What is left of the body is not read: the connection ends with the answer.
            var response = Response(runtime.refuse(path: path, headers: fields, error))
            response.headers[.connection] = "close"
            return response
        } catch is LateRequest {
            return Response(status: .requestTimeout, headers: [.connection: "close"])
        }
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
            body: ResponseBody(contentLength: reply.payload.octetCount) { writer in
                for try await buffer in PayloadChunks(reply.payload) { try await writer.write(buffer) }
                try await writer.finish(nil)
                reply.exchange?.end()
            }
        )
    }
}

import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The control interface over HTTP: JSON in and out, a bearer token on every request.
struct PartnerControlRoutes: Sendable {
    let control: PartnerControl
    let token: BearerToken

    /// The most octets of a request's body.
    private static let bodyLimit = 1 << 20

    var router: Router<BasicRequestContext> {
        let router = Router()
        router.get("/control/status") { request, _ in try await answer(request) { _ in control.status } }
        router.get("/control/messages") { request, _ in try await answer(request) { _ in control.messages } }
        post("key-pairs", on: router, control.createKeyPair)
        post("use-key-pair", on: router, control.useKeyPair)
        post("trust", on: router, control.trust)
        post("remove", on: router, control.remove)
        post("sending", on: router, control.setSending)
        router.post("/control/self-test") { request, _ in
            try await answer(request) { _ in try await control.runSelfTests() }
        }
        return router
    }

    private func post<Body: Decodable & SendableMetatype, Answer: Encodable & SendableMetatype>(
        _ path: String,
        on router: Router<BasicRequestContext>,
        _ operation: @escaping @Sendable (Body) async throws -> Answer
    ) {
        router.post("/control/\(path)") { request, _ in
            try await answer(request) { data in
                guard let body = try? PartnerJSON.decode(Body.self, from: data) else {
                    throw PartnerRefusal.unreadableBody
                }
                return try await operation(body)
            }
        }
    }

    private func answer(
        _ request: Request,
        _ operation: (Data) async throws -> some Encodable
    ) async throws -> Response {
        do {
            guard token.isIn(request.headers[.authorization]) else { throw PartnerRefusal.unauthorized }
            let body = try await request.body.collect(upTo: Self.bodyLimit)
            return respond(
                .ok,
                "application/json",
                try PartnerJSON.encode(try await operation(Data(body.readableBytesView)))
            )
        } catch let refusal as PartnerRefusal {
            return try respond(problem: refusal.detail, status: refusal.status)
        } catch let error as HTTPError {
            throw error
        } catch {
            return try respond(problem: "\(error)", status: 500)
        }
    }

    private func respond(problem detail: String, status: Int) throws -> Response {
        let status = HTTPResponse.Status(code: status)
        let problem = PartnerProblem(title: status.reasonPhrase, status: status.code, detail: detail)
        return respond(status, "application/problem+json", try PartnerJSON.encode(problem))
    }

    private func respond(_ status: HTTPResponse.Status, _ mediaType: String, _ body: Data) -> Response {
        Response(
            status: status,
            headers: [.contentType: mediaType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }
}

import FoundationEssentials
import HTTPTypes
import Hummingbird
import ManagementAPI
import NIOCore

extension Response {
    /// A JSON body.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        try Response(
            status: status,
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: ManagementCoding.encode(value)))
        )
    }

    /// Problem details (RFC 9457).
    static func problem(_ refusal: Refusal) throws -> Response {
        let problem = refusal.problem
        var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
        switch refusal.code {
        case .unauthenticated: headers[.wwwAuthenticate] = "Bearer"
        case .throttled: headers[.retryAfter] = "60"
        default: break
        }
        return try Response(
            status: HTTPResponse.Status(code: problem.status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: ManagementCoding.encode(problem)))
        )
    }
}

import AsyncHTTPClient
import Foundation
import ManagementAPI
import NIOCore
import NIOHTTP1
import Testing

@Suite("Problem details (RFC 9457)")
struct ProblemTests {
    /// A request that cannot be carried out, and what it must come to.
    struct Case: Sendable, CustomTestStringConvertible {
        let method: String
        let path: String
        let body: String?
        let status: Int
        let code: String

        var testDescription: String { "\(method) \(path) \(code)" }
    }

    static let cases = [
        Case(method: "GET", path: "nothing", body: nil, status: 404, code: "notFound"),
        Case(method: "GET", path: "keys/No%20Name", body: nil, status: 400, code: "invalidName"),
        Case(method: "GET", path: "keys/unknown", body: nil, status: 404, code: "unknownAlias"),
        Case(method: "POST", path: "keys", body: "{", status: 400, code: "malformedRequest"),
        Case(method: "POST", path: "keys", body: #"{"alias":"a"}"#, status: 400, code: "malformedRequest"),
        Case(
            method: "POST",
            path: "keys",
            body: #"{"alias":"a","source":{"create":{"kind":"rsa-512","subject":"CN=a","validityDays":1}}}"#,
            status: 400,
            code: "malformedRequest"
        ),
        Case(
            method: "POST",
            path: "keys/a/exchange",
            body: #"{"reason":"  "}"#,
            status: 400,
            code: "malformedRequest"
        ),
        Case(method: "POST", path: "renewals/nothing/start", body: nil, status: 404, code: "unknown"),
        Case(method: "POST", path: "notifications/nothing/acknowledge", body: nil, status: 404, code: "unknown"),
        Case(method: "PUT", path: "flows/orders", body: "id: orders", status: 403, code: "wrongRole"),
    ]

    @Test("tell what is wrong and what to do", arguments: cases)
    func problem(_ expected: Case) async throws {
        try await World.run { world in
            var request = HTTPClientRequest(url: world.management + "/api/v1/" + expected.path)
            request.method = HTTPMethod(rawValue: expected.method)
            request.headers.add(name: "Authorization", value: "Bearer " + Person.administrator.token)
            if let body = expected.body { request.body = .bytes(ByteBuffer(string: body)) }
            let answer = try await world.send(request)
            let problem = try ManagementCoding.decode(Problem.self, from: Data(answer.body.utf8))
            #expect(answer.status == expected.status && problem.status == expected.status)
            #expect(problem.code == expected.code && problem.type == "urn:rekey:problem:" + expected.code)
            #expect(!problem.title.isEmpty && !problem.detail.isEmpty && !problem.remedy.isEmpty)
            #expect(answer.headers["content-type"] == "application/problem+json")
        }
    }

    @Test(
        "say which part of a body is missing or wrong, and refuse a number that is none",
        arguments: [
            ("POST", "keys", "{", "it is no JSON"), ("POST", "keys", "{}", "`alias` is missing"),
            ("POST", "keys", "[]", "it is of another kind as a whole"),
            ("POST", "keys/a/exchange", #"{"reason":7}"#, "`reason` is of another kind"),
            (
                "POST", "keys", #"{"alias":"a","source":{"create":{"kind":"p-256","subject":"CN=a"}}}"#,
                "`source.create.validityDays`"
            ),
            ("GET", "keys?limit=ten", nil, "limit is ten"), ("GET", "audit?after=x", nil, "after is x"),
        ]
    )
    func place(_ method: String, _ path: String, _ body: String?, _ cause: String) async throws {
        try await World.run { world in
            var request = HTTPClientRequest(url: world.management + "/api/v1/" + path)
            request.method = HTTPMethod(rawValue: method)
            request.headers.add(name: "Authorization", value: "Bearer " + Person.administrator.token)
            if let body { request.body = .bytes(ByteBuffer(string: body)) }
            let answer = try await world.send(request)
            let problem = try ManagementCoding.decode(Problem.self, from: Data(answer.body.utf8))
            #expect(answer.status == 400 && problem.detail.contains(cause), "\(problem.detail)")
        }
    }

    @Test("answer a body that is too large, and the next request is served")
    func tooLarge() async throws {
        try await World.run { world in
            let refused = try await refusal {
                _ = try await world.api(.developer).putFlow("orders", yaml: String(repeating: "#", count: 2 << 20))
            }
            #expect(refused.status == 413 && refused.code == "tooLarge")
            _ = try await world.api(.developer).me()
        }
    }
}

package import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Speaks to a partner process's control interface, as that partner's administrator.
package struct PartnerControlClient: Sendable {
    private let base: String
    private let token: String
    private let httpClient: HTTPClient

    /// A client of the interface at `url` (such as `http://127.0.0.1:9100`), with the bearer token of the partner's token file.
    package init(url: String, token: String, httpClient: HTTPClient = .shared) {
        self.base = url
        self.token = token
        self.httpClient = httpClient
    }

    /// What the system is, holds and has counted.
    package func status() async throws -> PartnerStatus {
        try await answer(to: request("status"))
    }

    /// Makes a key pair that is not in use yet.
    package func createKeyPair(for use: PartnerKeyUse) async throws -> CreatedKeyPair {
        try await answer(to: request("key-pairs", body: CreateKeyPairRequest(use: use)))
    }

    /// Takes a key pair into use that ``createKeyPair(for:)`` made.
    @discardableResult
    package func useKeyPair(
        _ use: PartnerKeyUse,
        fingerprint: String,
        keepOld: Bool? = nil
    ) async throws -> PartnerStatus {
        let body = UseKeyPairRequest(use: use, fingerprint: fingerprint, keepOld: keepOld)
        return try await answer(to: request("use-key-pair", body: body))
    }

    /// Takes a counterpart's certificate (PEM) into use.
    @discardableResult
    package func trust(_ use: PartnerKeyUse, certificate: String, keepOld: Bool? = nil) async throws -> PartnerStatus {
        try await answer(to: request("trust", body: TrustRequest(use: use, certificate: certificate, keepOld: keepOld)))
    }

    /// Stops holding a key; the only one of its use stays.
    @discardableResult
    package func remove(_ use: PartnerKeyUse, fingerprint: String) async throws -> PartnerStatus {
        try await answer(to: request("remove", body: RemoveKeyRequest(use: use, fingerprint: fingerprint)))
    }

    /// Stops or starts sending; a stop returns when no attempt is open any more.
    @discardableResult
    package func setSending(_ sending: Bool) async throws -> PartnerStatus {
        try await answer(to: request("sending", body: SendingRequest(sending: sending)))
    }

    /// Lets the sender's own stack try a new key out with the tenant; refused with the cause when it cannot.
    @discardableResult
    package func runSelfTests() async throws -> [SelfTestReport] {
        var request = request("self-test")
        request.method = .POST
        return try await answer(to: request)
    }

    /// Every message so far, in the order of beginning or arrival.
    package func messages() async throws -> [PartnerMessage] {
        try await answer(to: request("messages"))
    }

    private func request(_ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "\(base)/control/\(path)")
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        return request
    }

    private func request(_ path: String, body: some Encodable) throws -> HTTPClientRequest {
        var request = request(path)
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        request.body = .bytes(ByteBuffer(bytes: try PartnerJSON.encode(body)))
        return request
    }

    private func answer<Value: Decodable>(to request: HTTPClientRequest) async throws -> Value {
        let response = try await httpClient.execute(request, timeout: .seconds(180))
        let body = Data(try await response.body.collect(upTo: 64 << 20).readableBytesView)
        guard response.status == .ok else {
            let problem = try? PartnerJSON.decode(PartnerProblem.self, from: body)
            throw PartnerControlError(status: Int(response.status.code), detail: problem?.detail ?? "no problem body")
        }
        return try PartnerJSON.decode(Value.self, from: body)
    }
}

/// The control interface refused.
package struct PartnerControlError: Error, CustomStringConvertible {
    /// The HTTP status: 400 bad input, 401 bad token, 404 unknown key, 409 not with this system's keys as they are.
    package let status: Int
    /// Why, as the system worded it.
    package let detail: String

    package var description: String { "partner control: \(status): \(detail)" }
}

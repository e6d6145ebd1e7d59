package import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOSSL

/// Speaks the management API of a tenant in the name of one person.
///
/// Every operation throws `ManagementError`: `.refused` with the server's problem details, `.unreachable`, or
/// `.notUnderstood`.
package struct ManagementClient: Sendable {
    /// The API's base, such as `http://127.0.0.1:8081`.
    package let server: String
    private let token: String
    private let http: HTTPClient
    private let timeout: Duration

    /// A client of `server` with a person's bearer token.
    ///
    /// The caller shuts `http` down.
    package init(server: String, token: String, http: HTTPClient, timeout: Duration = .seconds(90)) {
        self.server = server.hasSuffix("/") ? String(server.dropLast()) : server
        self.token = token
        self.http = http
        self.timeout = timeout
    }

    /// The configuration for a client's `HTTPClient`: no redirects, so that a token goes nowhere else.
    package static var httpConfiguration: HTTPClient.Configuration {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.minimumTLSVersion = .tlsv12
        return HTTPClient.Configuration(
            tlsConfiguration: tls,
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(5))
        )
    }

    /// As ``httpConfiguration``, trusting the certificates of a PEM file alone: those of the server, or those above them.
    ///
    /// TLS is 1.2 or later, and the host's name is always verified.
    package static func httpConfiguration(trusting file: String) -> HTTPClient.Configuration {
        var configuration = httpConfiguration
        configuration.tlsConfiguration?.trustRoots = .file(file)
        return configuration
    }

    func get<Answer: Decodable>(
        _ path: [String],
        query: [(String, String)] = []
    ) async throws(ManagementError) -> Answer {
        try await send(.GET, path, query: query, body: nil)
    }

    func post<Answer: Decodable>(_ path: [String], _ value: some Encodable) async throws(ManagementError) -> Answer {
        try await send(.POST, path, body: encoded(value))
    }

    func post<Answer: Decodable>(
        _ path: [String],
        query: [(String, String)] = []
    ) async throws(ManagementError) -> Answer {
        try await send(.POST, path, query: query, body: nil)
    }

    func put<Answer: Decodable>(_ path: [String], _ value: some Encodable) async throws(ManagementError) -> Answer {
        try await send(.PUT, path, body: encoded(value))
    }

    func put<Answer: Decodable>(_ path: [String], yaml: String) async throws(ManagementError) -> Answer {
        try await send(.PUT, path, body: Body(octets: Array(yaml.utf8), mediaType: "application/yaml"))
    }
}

extension ManagementClient {
    /// The page of metrics (`GET /metrics`) in Prometheus' text format.
    package func metrics() async throws(ManagementError) -> String {
        var request = HTTPClientRequest(url: server + "/metrics")
        request.headers.add(name: "Authorization", value: "Bearer " + token)
        let (status, octets) = try await exchange(request)
        guard status == 200 else { throw .notUnderstood(status: status, reason: "no page of metrics") }
        return String(decoding: octets, as: UTF8.self)
    }

    private struct Body {
        var octets: [UInt8]
        var mediaType: String
    }

    private static let answerLimit = 16 << 20

    private func encoded(_ value: some Encodable) throws(ManagementError) -> Body {
        do {
            return try Body(octets: [UInt8](ManagementCoding.encode(value)), mediaType: "application/json")
        } catch {
            throw .notUnderstood(status: 0, reason: "the request cannot be written: \(error)")
        }
    }

    private func send<Answer: Decodable>(
        _ method: HTTPMethod,
        _ path: [String],
        query: [(String, String)] = [],
        body: Body?
    ) async throws(ManagementError) -> Answer {
        var request = HTTPClientRequest(url: url(path, query: query))
        request.method = method
        request.headers.add(name: "Authorization", value: "Bearer " + token)
        request.headers.add(name: "Accept", value: "application/json, application/problem+json")
        if let body {
            request.headers.add(name: "Content-Type", value: body.mediaType)
            request.body = .bytes(ByteBuffer(bytes: body.octets))
        }
        let (status, octets) = try await exchange(request)
        return try decode(status: status, octets)
    }

    private func exchange(_ request: HTTPClientRequest) async throws(ManagementError) -> (status: Int, octets: Data) {
        do {
            let response = try await http.execute(request, timeout: .nanoseconds(nanoseconds(of: timeout)))
            let octets = try await response.body.collect(upTo: Self.answerLimit)
            return (Int(response.status.code), Data(octets.readableBytesView))
        } catch let error as IOError {
            throw .unreachable(server: server, reason: String(cString: strerror(error.errnoCode)))
        } catch {
            throw .unreachable(server: server, reason: "\(error)")
        }
    }

    private func decode<Answer: Decodable>(status: Int, _ octets: Data) throws(ManagementError) -> Answer {
        guard (200..<300).contains(status) else {
            guard let problem = try? ManagementCoding.decode(Problem.self, from: octets) else {
                throw .notUnderstood(status: status, reason: "no problem details in the body")
            }
            throw .refused(problem)
        }
        do {
            return try ManagementCoding.decode(Answer.self, from: octets)
        } catch {
            throw .notUnderstood(status: status, reason: "\(error)")
        }
    }

    private func url(_ path: [String], query: [(String, String)]) -> String {
        let segments = path.map(escaped).joined(separator: "/")
        let pairs = query.map { escaped($0.0) + "=" + escaped($0.1) }.joined(separator: "&")
        return server + "/api/v1/" + segments + (pairs.isEmpty ? "" : "?" + pairs)
    }

    /// Percent-encodes all but the unreserved characters of RFC 3986, section 2.3.
    private func escaped(_ text: String) -> String {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        )
        return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private func nanoseconds(of duration: Duration) -> Int64 {
        duration.components.seconds * 1_000_000_000 + duration.components.attoseconds / 1_000_000_000
    }
}

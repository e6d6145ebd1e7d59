import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import WSSecurity

/// One HTTP exchange with a receiver.
struct ReceiverClient {
    /// What came back.
    struct Response {
        let status: Int
        let contentType: String
        let retryAfter: Int?
        let body: Payload

        /// Status, type and size: what tells a proxy's error page; its text may say anything.
        var summary: String {
            let type = String(MediaType.essence(contentType).prefix(64).filter { $0.isASCII && !$0.isWhitespace })
            let what =
                body.octetCount == 0
                ? "an empty body" : "\(body.octetCount) octets of \(type.isEmpty ? "no type" : type)"
            return "the receiver answered with HTTP status \(status) and \(what)"
        }
    }

    /// Why nothing usable came back, in words for the log and for the message's row.
    struct Unreachable: Error {
        let reason: String
    }

    let client: HTTPClient
    let rules: ReceiverRules
    let tls: ReceiverTLSConfigurations
    let terms: PayloadTerms

    /// Posts a SOAP message and reads the whole response; `soapAction` is SOAP 1.1's field.
    func post(
        _ message: Payload,
        contentType: String,
        soapAction: String?,
        to channel: ReceiverChannel,
        trace: TraceContext? = nil
    ) async throws(Unreachable) -> Response {
        do {
            try rules.check(url: channel.url)
            var request = try await request(message, contentType, soapAction, to: channel)
            if let trace { request.headers.add(trace) }
            request.tlsConfiguration = try tls.configuration(for: channel)
            return try await read(client.execute(request, timeout: TimeAmount(channel.timeout)))
        } catch let refusal as ReceiverRefusal {
            throw Unreachable(reason: "\(refusal): \(refusal.mend)")
        } catch let error as ReceiverTLSConfigurations.Unusable {
            throw Unreachable(reason: "TLS with the receiver is not possible: \(error.reason)")
        } catch let error as BodyError {
            throw Unreachable(reason: "the receiver's answer was not taken: \(error)")
        } catch let error as HTTPClientError {
            throw Unreachable(reason: "the receiver was not reached: \(error.shortDescription)")
        } catch let error as IOError {
            throw Unreachable(reason: "the receiver was not reached: \(String(cString: strerror(error.errnoCode)))")
        } catch {
            if let cause = TLSFailure.reason(of: error) {
                throw Unreachable(reason: "TLS with the receiver failed: \(cause)")
            }
            throw Unreachable(reason: "the receiver was not reached: \(type(of: error))")
        }
    }

    private func request(
        _ message: Payload,
        _ contentType: String,
        _ soapAction: String?,
        to channel: ReceiverChannel
    ) async throws -> HTTPClientRequest {
        var request = HTTPClientRequest(url: channel.url)
        request.method = .POST
        request.headers = ["Content-Type": contentType]
        if let soapAction { request.headers.add(name: "SOAPAction", value: "\"\(soapAction)\"") }
        var body = message
        if channel.compresses {
            request.headers.add(name: "Accept-Encoding", value: "gzip")
            if let smaller = try await LongWork.run({ [terms] in try GzipWriter.compressed(message, terms) }) {
                request.headers.add(name: "Content-Encoding", value: "gzip")
                body = smaller
            }
        }
        request.body =
            body.isSpooled
            ? .stream(PayloadChunks(body), length: .known(Int64(body.octetCount)))
            : .bytes(ByteBuffer(bytes: try body.octets()))
        return request
    }

    private func read(_ response: HTTPClientResponse) async throws -> Response {
        let codings = response.headers["content-encoding"].joined(separator: ",")
        var reader = try BodyReader(contentEncoding: codings, terms)
        for try await buffer in response.body { try reader.read(buffer) }
        return try Response(
            status: Int(response.status.code),
            contentType: response.headers.first(name: "content-type") ?? "",
            retryAfter: response.headers.first(name: "retry-after").flatMap { Int($0) },
            body: reader.finish()
        )
    }
}

extension HTTPHeaders {
    /// Takes the receiver into the trace (W3C Trace Context section 3).
    fileprivate mutating func add(_ trace: TraceContext) {
        add(name: "traceparent", value: trace.parent)
        if !trace.state.isEmpty { add(name: "tracestate", value: trace.state) }
    }
}

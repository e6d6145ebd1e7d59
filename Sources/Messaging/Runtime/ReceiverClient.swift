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
        let mediaType: String
        let retryAfter: Int?
        let body: [UInt8]
    }

    /// Why nothing usable came back, in words for the log and for the message's row.
    struct Unreachable: Error {
        let reason: String
    }

    let client: HTTPClient
    let rules: ReceiverRules
    let tls: ReceiverTLSConfigurations
    let octetLimit: Int

    /// Posts a SOAP message and reads the whole response.
    func post(
        _ envelope: [UInt8],
        action: String?,
        version: SOAPVersion,
        to channel: ReceiverChannel,
        trace: TraceContext? = nil
    ) async throws(Unreachable) -> Response {
        var request = HTTPClientRequest(url: channel.url)
        request.method = .POST
        request.headers = Self.headers(version, action)
        if let trace { request.headers.add(trace) }
        request.body = .bytes(ByteBuffer(bytes: envelope))
        do {
            try rules.check(url: channel.url)
            request.tlsConfiguration = try tls.configuration(for: channel)
            let response = try await client.execute(request, timeout: TimeAmount(channel.timeout))
            let body = try await response.body.collect(upTo: octetLimit)
            return Response(
                status: Int(response.status.code),
                mediaType: MediaType.essence(response.headers.first(name: "content-type") ?? ""),
                retryAfter: response.headers.first(name: "retry-after").flatMap { Int($0) },
                body: [UInt8](buffer: body)
            )
        } catch let refusal as ReceiverRefusal {
            throw Unreachable(reason: "\(refusal): \(refusal.mend)")
        } catch let error as ReceiverTLSConfigurations.Unusable {
            throw Unreachable(reason: "TLS with the receiver is not possible: \(error.reason)")
        } catch is NIOTooManyBytesError {
            throw Unreachable(reason: "the receiver's answer has more than \(octetLimit) octets")
        } catch let error as HTTPClientError {
            throw Unreachable(reason: "the receiver was not reached: \(error.shortDescription)")
        } catch let error as IOError {
            throw Unreachable(reason: "the receiver was not reached: \(error.description)")
        } catch {
            if let cause = TLSFailure.reason(of: error) {
                throw Unreachable(reason: "TLS with the receiver failed: \(cause)")
            }
            throw Unreachable(reason: "the receiver was not reached: \(type(of: error))")
        }
    }

    private static func headers(_ version: SOAPVersion, _ action: String?) -> HTTPHeaders {
        switch version {
        case .soap11:
            ["Content-Type": version.contentType, "SOAPAction": "\"\(action ?? "")\""]
        case .soap12:
            ["Content-Type": version.contentType + (action.map { "; action=\"\($0)\"" } ?? "")]
        }
    }
}

extension HTTPHeaders {
    /// Takes the receiver into the trace (W3C Trace Context section 3).
    fileprivate mutating func add(_ trace: TraceContext) {
        add(name: "traceparent", value: trace.parent)
        if !trace.state.isEmpty { add(name: "tracestate", value: trace.state) }
    }
}

import AsyncHTTPClient
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import WSSecurity

/// The receiver's WSDL, for senders.
extension TenantRuntime {
    /// Answers `GET path?wsdl` where the flow allows it: the receiver's document with the address of the flow in it; `nil` where it
    /// does not.
    ///
    /// Documents that the WSDL imports are not fetched, redirects not followed.
    package func wsdl(path: String, query: String?) async -> InboundReply? {
        guard query?.lowercased() == "wsdl", let entry = table.entry(path: path), entry.gate.status == .deployed,
            let base = entry.flow.sender.wsdlBase
        else { return nil }
        do {
            let document = try await WSDLClient(context: context, channel: entry.flow.receiver).document()
            let rewritten = try WSDLAddress.replaced(in: document, by: base + path)
            return InboundReply(status: 200, contentType: "text/xml; charset=utf-8", payload: Payload(rewritten))
        } catch {
            context.logFailure("WSDL not served", error, flow: entry.flow.id)
            return InboundReply(status: 502)
        }
    }
}

/// Fetches a receiver's WSDL.
private struct WSDLClient {
    let context: RuntimeContext
    let channel: ReceiverChannel

    /// Why there is no document.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    func document() async throws -> [UInt8] {
        guard var address = URLComponents(string: channel.url) else { throw Refusal(description: "no URL") }
        address.query = "wsdl"
        guard let url = address.string else { throw Refusal(description: "no URL") }
        try context.configuration.receivers.check(url: url)
        var request = HTTPClientRequest(url: url)
        request.headers.add(name: "Accept-Encoding", value: "gzip")
        let response = try await context.httpClient.execute(request, timeout: TimeAmount(channel.timeout))
        guard response.status == .ok else {
            throw Refusal(description: "the receiver answered with HTTP status \(response.status.code)")
        }
        var terms = context.configuration.payloads
        terms.octetLimit = Self.octetLimit
        terms.spoolThreshold = Self.octetLimit
        var reader = try BodyReader(contentEncoding: response.headers.first(name: "content-encoding"), terms)
        for try await buffer in response.body { try reader.read(buffer) }
        return try reader.finish().octets()
    }

    private static let octetLimit = 4 << 20
}

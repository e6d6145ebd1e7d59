import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Answers `Expect: 100-continue` (RFC 9110 section 10.1.1): a sender that asks first is told to go on when its message may have that
/// size; otherwise the endpoint's refusal is the answer, and nothing more travels.
///
/// `@unchecked Sendable`: it has no state that changes.
final class ContinueHandler: ChannelInboundHandler, RemovableChannelHandler, @unchecked Sendable {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundOut = HTTPResponsePart

    private let octetLimit: Int

    init(octetLimit: Int) { self.octetLimit = octetLimit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head(let request) = unwrapInboundIn(data), request.isAskingFirst, isTaken(request) {
            let head = HTTPResponse(status: .continue)
            context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
        }
        context.fireChannelRead(data)
    }

    private func isTaken(_ request: HTTPRequest) -> Bool {
        guard request.method == .post else { return false }
        return request.headerFields[.contentLength].flatMap { Int($0) }.map { $0 <= octetLimit } ?? true
    }
}

extension HTTPRequest {
    /// Whether the sender waits for 100 before it sends the body.
    var isAskingFirst: Bool { headerFields[.expect]?.lowercased() == "100-continue" }
}

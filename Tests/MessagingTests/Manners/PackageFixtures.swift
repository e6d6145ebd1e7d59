import Foundation
import Messaging
import WSSecurity

/// Multipart messages and the flow that carries them.
enum PackageFixtures {
    static let boundary = "uuid:5e4d-boundary"

    /// A flow between `sender-one` and a receiver; nothing is protected unless told otherwise.
    static func flow(
        url: String,
        pattern: FlowPattern = .requestReply,
        soap: String = "1.1",
        sender: String = "",
        request: String = "",
        demands: String = "",
        receiver: String = ""
    ) throws -> IntegrationFlow {
        let hasAnswer = pattern == .requestReply
        return try IntegrationFlow(
            yaml: """
                id: raw
                pattern: \(pattern.rawValue)
                sender:
                  partner: sender-one
                  path: /in/raw
                  soap: "\(soap)"
                  \(sender)
                  request: {\(demands)}
                  \(hasAnswer ? "response: {timestamp: false}" : "")
                receiver:
                  partner: receiver-one
                  url: \(url)
                  timeout: 30
                  \(receiver)
                  request: {\(request.isEmpty ? "timestamp: false" : request)}
                  \(hasAnswer ? "response: {}" : "")
                """
        )
    }

    /// Octets of all values, line ends and hyphens among them.
    static let attachment: [UInt8] =
        (0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 / 256) } + Array("\r\n-- \r\n--".utf8)

    /// A message of a root part and `attachment`, the root first unless told otherwise.
    static func package(
        _ root: [UInt8],
        rootType: String = "text/xml; charset=UTF-8",
        isRootFirst: Bool = true,
        attachment: [UInt8] = attachment
    ) -> [UInt8] {
        let rootPart = part(
            "Content-Type: \(rootType)\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <root@x>",
            root
        )
        let other = part(
            "Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <data@x>",
            attachment
        )
        return (isRootFirst ? rootPart + other : other + rootPart) + Array("--\(boundary)--\r\n".utf8)
    }

    static func part(_ header: String, _ content: [UInt8]) -> [UInt8] {
        Array("--\(boundary)\r\n\(header)\r\n\r\n".utf8) + content + [0x0D, 0x0A]
    }

    static let swa = #"multipart/related; type="text/xml"; start="<root@x>"; boundary="\#(boundary)""#
    static let mtom =
        #"multipart/related; type="application/xop+xml"; start="<root@x>"; start-info="text/xml"; boundary="\#(boundary)""#
    static let xopRoot = #"application/xop+xml; charset=UTF-8; type="text/xml""#

    /// A body that refers to the other part.
    static let including =
        #"<m:Order xmlns:m="urn:m"><xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:data@x"/></m:Order>"#
}

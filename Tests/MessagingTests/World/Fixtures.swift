import Messaging
import WSSecurity

/// Documents and envelopes of the tests.
enum Fixtures {
    static let wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    static let wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"

    static func flow(
        _ id: String = "orders",
        pattern: FlowPattern = .requestReply,
        partner: String = "sender-one",
        verify: String = "sender-sign",
        sign: String = "tenant-sign",
        hasResponses: Bool? = nil,
        url: String,
        tls: String? = nil
    ) throws -> IntegrationFlow {
        let encryption = partner == "sender-one" ? ", encrypt: sender-encrypt" : ""
        let senderResponse = "response: {sign: tenant-reply-sign\(encryption)}"
        let receiverResponse = "response: {verify: [receiver-sign], decrypt: [tenant-decrypt]}"
        let hasResponses = hasResponses ?? (pattern == .requestReply)
        return try IntegrationFlow(
            yaml: """
                id: \(id)
                pattern: \(pattern.rawValue)
                sender:
                  partner: \(partner)
                  path: /in/\(id)
                  soap: "1.1"
                  request: {verify: [\(verify)], decrypt: [tenant-decrypt]}
                  \(hasResponses ? senderResponse : "")
                receiver:
                  partner: receiver-one
                  url: \(url)
                  \(tls.map { "tls: \($0)" } ?? "")
                  timeout: 30
                  request: {sign: \(sign), encrypt: receiver-encrypt}
                  \(hasResponses ? receiverResponse : "")
                delivery: {guaranteed: 300, firstRetry: 1, longestRetry: 8}
                """
        )
    }

    static func envelope(_ body: String, header: String = "", version: SOAPVersion = .soap11) -> [UInt8] {
        Array(
            """
            <s:Envelope xmlns:s="\(version.namespace)"><s:Header>\(header)</s:Header><s:Body>\(body)</s:Body></s:Envelope>
            """
            .utf8
        )
    }

    static func order(_ id: String, version: SOAPVersion = .soap11) -> [UInt8] {
        envelope(
            #"<m:Order xmlns:m="urn:m"><m:id>\#(id)</m:id></m:Order>"#,
            header: #"<a:MessageID xmlns:a="http://www.w3.org/2005/08/addressing">urn:\#(id)</a:MessageID>"#,
            version: version
        )
    }
}

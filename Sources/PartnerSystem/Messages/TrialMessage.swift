import WSSecurity

/// The harmless messages by which keys are tried out: the tenant's ping to a receiver, and the self-test of a sender.
enum TrialMessage {
    /// The namespace of the self-test's elements.
    static let selfTest = "urn:rekey:self-test"

    /// Whether a verified body is the ping that receivers of the rehearsal agreed to.
    static func isPing(_ octets: [UInt8]) -> Bool {
        String(decoding: octets, as: UTF8.self).drop { $0.isWhitespace }.hasPrefix("<m:Ping ")
    }

    static func pong(_ soap: SOAPVersion) -> [UInt8] {
        envelope(soap, #"<m:Pong xmlns:m="\#(OrderMessage.namespace)"/>"#)
    }

    static func begin(_ soap: SOAPVersion) -> [UInt8] {
        envelope(soap, #"<t:Begin xmlns:t="\#(selfTest)"/>"#)
    }

    static func comeBack(_ nonce: String, _ soap: SOAPVersion) -> [UInt8] {
        envelope(soap, #"<t:Return xmlns:t="\#(selfTest)">\#(nonce)</t:Return>"#)
    }

    /// The nonce of a verified challenge; `nil` when the body is none.
    static func nonce(inBody octets: [UInt8]) -> String? {
        let text = String(decoding: octets, as: UTF8.self)
        guard text.contains(":Challenge "), let start = text.firstIndex(of: ">") else { return nil }
        let nonce = text[text.index(after: start)...].prefix { $0 != "<" }
        return !nonce.isEmpty && nonce.utf8.count <= 128 && nonce.allSatisfy(\.isHexDigit) ? String(nonce) : nil
    }

    /// Whether a verified body says that the nonce was taken.
    static func isPassed(_ octets: [UInt8]) -> Bool { String(decoding: octets, as: UTF8.self).contains(":Passed ") }

    private static func envelope(_ soap: SOAPVersion, _ body: String) -> [UInt8] {
        Array(
            #"<soap:Envelope xmlns:soap="\#(soap.namespace)"><soap:Body>\#(body)</soap:Body></soap:Envelope>"#.utf8
        )
    }
}

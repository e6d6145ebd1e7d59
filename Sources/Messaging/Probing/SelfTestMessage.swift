import Cryptography
import WSSecurity

/// The four messages of a self-test; what each brings is the text of Body's one element.
///
/// The sender's stack begins, gets a nonce under the key on trial, and returns it in a request of its own; what it could not verify
/// or decrypt it cannot return.
enum SelfTestMessage {
    /// The elements' namespace.
    static let namespace = "urn:rekey:self-test"

    /// What a request asks.
    enum Request: Equatable {
        case begin
        case comeBack(nonce: String)
    }

    /// Reads a verified envelope; `nil` when it is not of a self-test.
    static func request(_ envelope: [UInt8]) -> Request? {
        guard let read = try? SOAPEnvelope(envelope), let name = read.bodyElementName, name.namespace == namespace
        else {
            return nil
        }
        switch name.localName {
        case "Begin": return .begin
        case "Return":
            let text = (try? SOAPEnvelope.bodyElementText(of: envelope)) ?? ""
            return text.utf8.count == nonceLength ? .comeBack(nonce: text) : nil
        default: return nil
        }
    }

    /// A new nonce.
    static func nonce() -> String { Hexadecimal.text(SecureRandom.octets(count: nonceLength / 2)) }

    static func challenge(_ nonce: String, _ version: SOAPVersion) -> [UInt8] { answer("Challenge", nonce, version) }

    static func passed(_ version: SOAPVersion) -> [UInt8] { answer("Passed", "", version) }

    private static let nonceLength = 64

    private static func answer(_ name: String, _ text: String, _ version: SOAPVersion) -> [UInt8] {
        let body = #"<t:\#(name) xmlns:t="\#(namespace)">\#(text)</t:\#(name)>"#
        return Array(
            #"<soap:Envelope xmlns:soap="\#(version.namespace)"><soap:Body>\#(body)</soap:Body></soap:Envelope>"#.utf8
        )
    }
}

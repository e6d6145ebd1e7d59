import Foundation
import WSSecurity

/// The rehearsal's messages: an order that asks, and its confirmation that echoes the id.
///
/// Both are `<m:… xmlns:m="urn:rekey:rehearsal"><m:id>ID</m:id>…</m:…>` in the SOAP body, with a WS-Addressing `MessageID`.
enum OrderMessage {
    static let namespace = "urn:rekey:rehearsal"

    /// The most octets of an id.
    static let idLimit = 128

    static func order(id: String, soap: SOAPVersion) -> [UInt8] {
        envelope(
            soap,
            headers: "<wsa:Action>\(namespace):Order</wsa:Action><wsa:MessageID>urn:rekey:order:\(id)</wsa:MessageID>",
            body: #"<m:Order xmlns:m="\#(namespace)"><m:id>\#(id)</m:id><m:quantity>1</m:quantity></m:Order>"#
        )
    }

    static func confirmation(id: String, soap: SOAPVersion) -> [UInt8] {
        envelope(
            soap,
            headers: "<wsa:Action>\(namespace):OrderConfirmation</wsa:Action>"
                + "<wsa:MessageID>urn:rekey:confirmation:\(id)</wsa:MessageID>"
                + "<wsa:RelatesTo>urn:rekey:order:\(id)</wsa:RelatesTo>",
            body: #"<m:OrderConfirmation xmlns:m="\#(namespace)"><m:id>\#(id)</m:id></m:OrderConfirmation>"#
        )
    }

    /// The id of an order, read from the octets of a verified body; `nil` when it is not an order.
    static func orderID(inBody octets: [UInt8]) -> String? {
        id(inBody: octets, element: "Order")
    }

    /// The id of a confirmation, read from the octets of a verified body; `nil` when it is not a confirmation.
    static func confirmationID(inBody octets: [UInt8]) -> String? {
        id(inBody: octets, element: "OrderConfirmation")
    }

    private static func envelope(_ soap: SOAPVersion, headers: String, body: String) -> [UInt8] {
        let text =
            #"<soap:Envelope xmlns:soap="\#(soap.namespace)" xmlns:wsa="http://www.w3.org/2005/08/addressing">"#
            + "<soap:Header>\(headers)</soap:Header><soap:Body>\(body)</soap:Body></soap:Envelope>"
        return Array(text.utf8)
    }

    private static func id(inBody octets: [UInt8], element: String) -> String? {
        let text = String(decoding: octets, as: UTF8.self)
        let trimmed = text.drop { $0.isWhitespace }
        guard
            trimmed.hasPrefix("<m:\(element) ") || trimmed.hasPrefix("<m:\(element)>"),
            let start = trimmed.range(of: "<m:id>"),
            let end = trimmed[start.upperBound...].range(of: "</m:id>")
        else { return nil }
        let id = trimmed[start.upperBound..<end.lowerBound]
        guard !id.isEmpty, id.utf8.count <= idLimit, id.allSatisfy(isIDCharacter) else { return nil }
        return String(id)
    }

    private static func isIDCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-._".contains(character))
    }
}

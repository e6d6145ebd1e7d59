import WSSecurity

/// The message that every cell protects.
enum PlainMessage {
    /// What must come out at the other end: an umlaut, an escaped ampersand, a reference.
    static let order =
        #"<m:Order xmlns:m="urn:rekey:interop"><m:id>4711</m:id><m:item>Größe &amp; Maß</m:item></m:Order>"#

    static func envelope(_ soap: SOAPVersion) -> [UInt8] {
        Array(
            (#"<soap:Envelope xmlns:soap="\#(soap.namespace)"><soap:Header><wsa:MessageID "#
                + #"xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:interop:4711</wsa:MessageID></soap:Header>"#
                + "<soap:Body>\(order)</soap:Body></soap:Envelope>")
                .utf8
        )
    }
}

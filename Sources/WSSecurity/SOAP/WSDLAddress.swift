import XML

/// The endpoint addresses in a WSDL document (WSDL 1.1 section 3.8, WSDL 2.0 part 2 section 5.4, WS-Addressing Metadata section 4.1).
package enum WSDLAddress {
    /// The document with `address` in the place of every endpoint's own; all else stays octet for octet.
    ///
    /// Throws `malformedMessage` when it is no WSDL document.
    package static func replaced(in octets: [UInt8], by address: String) throws(SecurityFault) -> [UInt8] {
        let document = try XMLDocument(message: octets, limits: .standard)
        let root = document.name(of: document.root)
        guard [SecurityPolicyNamespace.wsdl, wsdl2].contains(root.namespace) else {
            throw SecurityFault(.malformedMessage, "the document is no WSDL")
        }
        var edits: [XMLEdit] = []
        for node in document.descendants(of: document.root) {
            let name = document.name(of: node)
            if name.localName == "address", bindings.contains(name.namespace) {
                edits.append(
                    edit(node, document, attribute: " location=\"\(XMLEscaping.attribute(address))\"", text: "")
                )
            } else if name.localName == "Address", addressing.contains(name.namespace) {
                edits.append(edit(node, document, attribute: "", text: XMLEscaping.text(address)))
            } else if name.namespace == wsdl2, name.localName == "endpoint" {
                throw SecurityFault(.malformedMessage, "the document is WSDL 2.0, whose endpoints are not rewritten")
            }
        }
        return document.applying(edits)
    }

    private static func edit(_ node: NodeID, _ document: XMLDocument, attribute: String, text: String) -> XMLEdit {
        let prefix = document.prefix(of: node)
        let name = document.name(of: node)
        let qualified = prefix.isEmpty ? name.localName : "\(prefix):\(name.localName)"
        let declared = prefix.isEmpty ? "xmlns" : "xmlns:\(prefix)"
        let start = "<\(qualified) \(declared)=\"\(XMLEscaping.attribute(name.namespace))\"\(attribute)"
        return XMLEdit(
            range: document.range(of: node),
            text: text.isEmpty ? start + "/>" : start + ">\(text)</\(qualified)>"
        )
    }

    private static let bindings: Set = [
        "http://schemas.xmlsoap.org/wsdl/soap/", "http://schemas.xmlsoap.org/wsdl/soap12/",
        "http://schemas.xmlsoap.org/wsdl/http/",
    ]
    private static let addressing: Set = [WSSNamespace.addressing, WSSNamespace.addressing2004]
    private static let wsdl2 = "http://www.w3.org/ns/wsdl"
}

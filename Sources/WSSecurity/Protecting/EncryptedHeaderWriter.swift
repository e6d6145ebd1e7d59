import XML

/// Writes `wsse11:EncryptedHeader` (WSS SOAP Message Security 1.1.1 section 9.3).
struct EncryptedHeaderWriter {
    let document: XMLDocument
    let layout: EnvelopeLayout

    /// The header round `data`, for the actor of the block that was encrypted, to be understood where the block was.
    func header(_ data: [UInt8], id: String, for block: NodeID) -> [UInt8] {
        let (prefix, declaration) = soapPrefix(at: block)
        let attributes = document.attributes(of: block).filter { $0.name.namespace == layout.version.namespace }
            .map { " \(prefix):\($0.name.localName)=\"\(XMLEscaping.attribute($0.value))\"" }
        let start =
            "<wsse11:EncryptedHeader xmlns:wsse11=\"\(WSSNamespace.extension11)\""
            + " xmlns:wsu=\"\(WSSNamespace.utility)\"\(attributes.isEmpty ? "" : declaration) wsu:Id=\"\(id)\""
            + attributes.joined() + ">"
        return Array(start.utf8) + data + Array("</wsse11:EncryptedHeader>".utf8)
    }

    private func soapPrefix(at block: NodeID) -> (prefix: String, declaration: String) {
        let namespace = layout.version.namespace
        let place = document.parent(of: block) ?? document.root
        let prefix = document.prefix(forNamespace: namespace, at: place) ?? ""
        guard prefix.isEmpty || prefix == "wsse11" || prefix == "wsu" else { return (prefix, "") }
        return ("soapenv", " xmlns:soapenv=\"\(namespace)\"")
    }
}

import XML

extension SOAPFault {
    /// The envelope that carries the fault, in UTF-8.
    public func envelope() -> [UInt8] { envelope(header: "") }

    /// The same; in SOAP 1.2 its Header names the blocks that were not understood (part 1 section 5.4.8).
    package func envelope(notUnderstood names: [SOAPEnvelope.Name]) -> [UInt8] {
        guard version == .soap12, !names.isEmpty else { return envelope() }
        let blocks = names.map { name in
            let (prefix, declaration) =
                name.namespace.isEmpty
                ? ("", "") : ("sub:", " xmlns:sub=\"\(XMLEscaping.attribute(name.namespace))\"")
            return "<soapenv:NotUnderstood qname=\"\(prefix)\(XMLEscaping.attribute(name.localName))\"\(declaration)/>"
        }
        return envelope(header: "<soapenv:Header>\(blocks.joined())</soapenv:Header>")
    }

    private func envelope(header: String) -> [UInt8] {
        let body = version == .soap11 ? fault11 : fault12
        return Array(
            """
            <soapenv:Envelope xmlns:soapenv="\(version.namespace)">\(header)<soapenv:Body>\(body)</soapenv:Body></soapenv:Envelope>
            """
            .utf8
        )
    }

    private var fault11: String {
        let name = subcode.map { "sub:" + XMLEscaping.text($0.name) } ?? "soapenv:" + codeName
        return "<soapenv:Fault\(declaration)><faultcode>\(name)</faultcode>"
            + "<faultstring>\(XMLEscaping.text(reason))</faultstring></soapenv:Fault>"
    }

    private var fault12: String {
        let inner =
            subcode.map {
                "<soapenv:Subcode><soapenv:Value>sub:\(XMLEscaping.text($0.name))</soapenv:Value></soapenv:Subcode>"
            } ?? ""
        return "<soapenv:Fault\(declaration)><soapenv:Code><soapenv:Value>soapenv:\(codeName)</soapenv:Value>\(inner)"
            + "</soapenv:Code><soapenv:Reason><soapenv:Text xml:lang=\"en\">\(XMLEscaping.text(reason))</soapenv:Text>"
            + "</soapenv:Reason></soapenv:Fault>"
    }

    private var declaration: String {
        subcode.map { " xmlns:sub=\"\(XMLEscaping.attribute($0.namespace))\"" } ?? ""
    }

    /// The code's local name in this version.
    private var codeName: String {
        switch (code, version) {
        case (.client, .soap11): "Client"
        case (.client, .soap12): "Sender"
        case (.server, .soap11): "Server"
        case (.server, .soap12): "Receiver"
        case (.mustUnderstand, _): "MustUnderstand"
        case (.versionMismatch, _): "VersionMismatch"
        }
    }
}

import XML
import XMLSignature

extension SOAPFault {
    /// The fault in `envelope`; `nil` when it is no SOAP envelope or its Body holds none.
    public init?(parsing envelope: [UInt8]) {
        guard let document = try? XMLDocument(scanning: envelope), let layout = try? EnvelopeLayout(of: document) else {
            return nil
        }
        self.init(in: document, layout)
    }

    init?(in document: XMLDocument, _ layout: EnvelopeLayout) {
        guard let fault = document.firstElement("Fault", in: layout.version.namespace, of: layout.body) else {
            return nil
        }
        switch layout.version {
        case .soap11: self.init(reading11: fault, in: document)
        case .soap12: self.init(reading12: fault, in: document)
        }
    }

    private init(reading11 fault: NodeID, in document: XMLDocument) {
        let name = document.firstElement("faultcode", in: "", of: fault).flatMap { document.qualifiedName(in: $0) }
        let code = name.flatMap { Self.code(of: $0, version: .soap11) }
        self.init(
            version: .soap11,
            code: code ?? .client,
            reason: document.firstElement("faultstring", in: "", of: fault).map(document.trimmedText(of:)) ?? "",
            subcode: code == nil ? name : nil
        )
    }

    private init(reading12 fault: NodeID, in document: XMLDocument) {
        let namespace = SOAPVersion.soap12.namespace
        let code = document.firstElement("Code", in: namespace, of: fault)
        let value = { (parent: NodeID?) -> Subcode? in
            parent.flatMap { document.firstElement("Value", in: namespace, of: $0) }
                .flatMap { document.qualifiedName(in: $0) }
        }
        let reason = document.firstElement("Reason", in: namespace, of: fault)
            .flatMap { document.firstElement("Text", in: namespace, of: $0) }
        self.init(
            version: .soap12,
            code: value(code).flatMap { Self.code(of: $0, version: .soap12) } ?? .client,
            reason: reason.map(document.trimmedText(of:)) ?? "",
            subcode: value(code.flatMap { document.firstElement("Subcode", in: namespace, of: $0) })
        )
    }

    private static func code(of name: Subcode, version: SOAPVersion) -> Code? {
        guard name.namespace == version.namespace else { return nil }
        // SOAP 1.1 section 4.4.1 lets codes be refined with a dot.
        switch name.name.prefix(while: { $0 != "." }) {
        case "Client", "Sender": return .client
        case "Server", "Receiver": return .server
        case "MustUnderstand": return .mustUnderstand
        case "VersionMismatch": return .versionMismatch
        default: return nil
        }
    }
}

extension XMLDocument {
    /// The text of `node` without white space at its ends.
    func trimmedText(of node: NodeID) -> String { text(of: node).trimmingXMLSpace() }

    /// The qualified name that is the text of `node`; an unbound prefix means no namespace.
    fileprivate func qualifiedName(in node: NodeID) -> SOAPFault.Subcode? {
        let parts = trimmedText(of: node).split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard let last = parts.last, !last.isEmpty else { return nil }
        let prefix = parts.count == 2 ? String(parts[0]) : ""
        return SOAPFault.Subcode(namespace: namespace(forPrefix: prefix, at: node) ?? "", name: String(last))
    }
}

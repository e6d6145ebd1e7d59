import XML

extension MessagePart {
    /// Whether the part is something in the Security header.
    var isInSecurityHeader: Bool {
        switch self {
        case .timestamp, .signature, .signatureToken, .usernameToken, .samlAssertion, .signatureConfirmation: true
        case .body, .header, .element: false
        }
    }
}

extension EnvelopeLayout {
    /// Where those of `parts` stand that are not in the Security header, each element once.
    func nodes(of parts: [MessagePart], in document: XMLDocument) throws(SecurityFault) -> [NodeID] {
        var nodes: [NodeID] = []
        for part in parts where !part.isInSecurityHeader {
            for node in try self.nodes(of: part, in: document) where !nodes.contains(node) { nodes.append(node) }
        }
        return nodes
    }

    /// Where `part` stands; one that is missing is an error, because the settings promise it.
    private func nodes(of part: MessagePart, in document: XMLDocument) throws(SecurityFault) -> [NodeID] {
        switch part {
        case .header(let namespace, let localName):
            try checkOutside(ElementPath.Step(namespace: namespace, localName: localName))
            let nodes = blocks.filter { document.isNamed($0, localName, in: namespace) }
            guard !nodes.isEmpty else {
                throw SecurityFault(.cannotProtect, "the message has no header block \(part) to protect")
            }
            return nodes
        case .element(let path):
            if path.origin == .header, let step = path.steps.first { try checkOutside(step) }
            let nodes = elements(at: path, in: document)
            guard !nodes.isEmpty else {
                throw SecurityFault(.cannotProtect, "the message has no element \(part) to protect")
            }
            return nodes
        default: return [body]
        }
    }

    private func checkOutside(_ step: ElementPath.Step) throws(SecurityFault) {
        guard step.localName == "Security", step.namespace == WSSNamespace.extension else { return }
        throw SecurityFault(.cannotProtect, "what is in wsse:Security is protected by its word, such as timestamp")
    }
}

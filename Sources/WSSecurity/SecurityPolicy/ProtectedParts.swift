import XML

/// What the protection assertions of one message name (WS-SecurityPolicy 1.3 section 4).
struct ProtectedParts {
    var signed: [MessagePart] = []
    /// Whose content is encrypted; header blocks as a whole.
    var encrypted: [MessagePart] = []
    /// Those of `encrypted` that are encrypted with their tags.
    var whole: Set<MessagePart> = []

    /// Reads `assertion` if it is one of these; false for another one.
    mutating func read(_ assertion: PolicyAssertion, in document: XMLDocument) throws(SecurityPolicyError) -> Bool {
        guard SecurityPolicyNamespace.isSecurityPolicy(assertion.name.namespace) else { return false }
        switch assertion.name.localName {
        case "SignedParts": add(try parts(of: assertion, in: document), to: \.signed)
        case "EncryptedParts":
            let parts = try parts(of: assertion, in: document)
            add(parts, to: \.encrypted)
            whole.formUnion(parts.filter { $0 != .body })
        case "SignedElements": add(try elements(of: assertion, in: document), to: \.signed)
        case "ContentEncryptedElements": add(try elements(of: assertion, in: document), to: \.encrypted)
        case "EncryptedElements":
            let parts = try elements(of: assertion, in: document)
            add(parts, to: \.encrypted)
            whole.formUnion(parts)
        default: return false
        }
        return true
    }

    private mutating func add(_ parts: [MessagePart], to list: WritableKeyPath<ProtectedParts, [MessagePart]>) {
        for part in parts where !self[keyPath: list].contains(part) { self[keyPath: list].append(part) }
    }

    private func parts(
        of assertion: PolicyAssertion,
        in document: XMLDocument
    ) throws(SecurityPolicyError) -> [MessagePart] {
        var parts: [MessagePart] = []
        for element in document.elements(in: assertion.node) {
            let name = document.name(of: element)
            switch name.localName {
            case "Body": parts.append(.body)
            case "Header":
                guard let localName = document.attribute("Name", of: element),
                    let namespace = document.attribute("Namespace", of: element)
                else { throw assertion.unsupported("sp:Header must have Name and Namespace: name each header block") }
                parts.append(.header(namespace: namespace, localName: localName))
            default: throw .unsupportedAssertion(name: name.description, reason: "parts are Body and Header")
            }
        }
        guard !parts.isEmpty else {
            throw assertion.unsupported("without children it means every header block: name Body and the header blocks")
        }
        return parts
    }

    private func elements(
        of assertion: PolicyAssertion,
        in document: XMLDocument
    ) throws(SecurityPolicyError) -> [MessagePart] {
        var parts: [MessagePart] = []
        for element in document.elements(in: assertion.node) {
            guard document.name(of: element).localName == "XPath" else {
                throw assertion.unsupported("it may hold sp:XPath only")
            }
            guard let part = MessagePart(xPath: document.text(of: element), at: element, in: document) else {
                throw assertion.unsupported(
                    "sp:XPath must be an absolute path of names from the envelope, without predicates and wildcards"
                )
            }
            parts.append(part)
        }
        return parts
    }
}

extension MessagePart {
    /// The part at an absolute path of element names, prefixes as they are bound at `node`; `nil` for any other expression.
    fileprivate init?(xPath: String, at node: NodeID, in document: XMLDocument) {
        var text = Substring(xPath.trimmingSpace)
        let isAnywhere = text.hasPrefix("//")
        guard text.hasPrefix("/") else { return nil }
        text = text.dropFirst(isAnywhere ? 2 : 1)
        var names: [ElementPath.Step] = []
        for step in text.split(separator: "/", omittingEmptySubsequences: false) {
            let pieces = step.split(separator: ":", omittingEmptySubsequences: false)
            guard pieces.count <= 2, pieces.allSatisfy(\.isName), let localName = pieces.last else { return nil }
            var namespace = ""
            if pieces.count == 2 {
                guard let bound = document.namespace(forPrefix: String(pieces[0]), at: node) else { return nil }
                namespace = bound
            }
            names.append(ElementPath.Step(namespace: namespace, localName: String(localName)))
        }
        if !isAnywhere {
            guard names.first?.isOfSOAP("Envelope") == true else { return nil }
            names.removeFirst()
        }
        guard let first = names.first,
            let origin = ElementPath.Origin.allCases.first(where: { first.isOfSOAP($0.rawValue) })
        else { return nil }
        let steps = Array(names.dropFirst())
        switch (origin, steps.count) {
        case (.body, 0): self = .body
        case (.header, 0): return nil
        case (.header, 1): self = .header(namespace: steps[0].namespace, localName: steps[0].localName)
        default:
            guard let path = ElementPath(from: origin, steps: steps) else { return nil }
            self = .element(path)
        }
    }
}

extension ElementPath.Step {
    fileprivate func isOfSOAP(_ name: String) -> Bool {
        localName == name && SOAPVersion.allCases.contains { $0.namespace == namespace }
    }
}

extension String {
    fileprivate var trimmingSpace: Substring {
        let isSpace = { (character: Character) in character.isWhitespace }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return self[first...last]
    }
}

extension Substring {
    fileprivate var isName: Bool {
        guard let first, first.isLetter || first == "_" else { return false }
        return allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" || $0 == "." }
    }
}

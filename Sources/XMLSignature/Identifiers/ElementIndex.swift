package import XML

/// The elements of a document by id.
///
/// Ids of security elements – `wsu:Id` and `xml:id` anywhere, `Id` on elements of XML Signature and XML Encryption – are
/// unique over the message (WS-I Basic Security Profile 1.1 R3204). `Id`, `ID` and `AssertionID` on other elements belong
/// to the application, which may repeat them; but an id that any two elements carry cannot be referred to.
package struct ElementIndex: Sendable {
    private var nodes: [String: NodeID] = [:]
    private var ambiguous: Set<String> = []

    /// Indexes `document` in one pass; `qualified` are the attributes in a namespace that are ids on every element.
    ///
    /// Throws `malformed` when an id of a security element repeats, or is no `NCName` although `requiringNames`.
    package init(
        of document: XMLDocument,
        qualified: [ExpandedName],
        requiringNames: Bool = false
    ) throws(XMLSignatureError) {
        var security: Set<String> = []
        for (element, attribute) in document.attributes(named: qualified + Self.plainNames) {
            let id = attribute.value
            let isSecurity = !attribute.name.namespace.isEmpty || Self.isSecurity(element, in: document)
            if isSecurity {
                guard security.insert(id).inserted else { throw .duplicate(id) }
                guard !requiringNames || id.isNCName else { throw .foreign(id) }
            }
            guard let other = nodes.updateValue(element, forKey: id), other != element else { continue }
            ambiguous.insert(id)
        }
        if let id = security.first(where: ambiguous.contains) { throw .duplicate(id) }
    }

    /// The one element with that id; `nil` when there is none or more than one.
    package subscript(id: String) -> NodeID? { ambiguous.contains(id) ? nil : nodes[id] }

    private static let plainNames = [ExpandedName("Id"), ExpandedName("ID"), ExpandedName("AssertionID")]

    private static func isSecurity(_ element: NodeID, in document: XMLDocument) -> Bool {
        let namespace = document.name(of: element).namespace
        return namespace == XMLSignatureNamespace.signature
            || namespace.hasPrefix("http://www.w3.org/2001/04/xmlenc#")
    }
}

extension XMLSignatureError {
    fileprivate static func foreign(_ id: String) -> XMLSignatureError {
        .malformed("the id \"\(id.prefix(128))\" is no XML name without colon (NCName)")
    }

    fileprivate static func duplicate(_ id: String) -> XMLSignatureError {
        .malformed("the id \"\(id.prefix(128))\" is carried by several elements; ids must be unique in a message")
    }
}

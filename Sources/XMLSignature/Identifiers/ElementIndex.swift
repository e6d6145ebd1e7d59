package import XML

/// The elements of a document by id.
///
/// Ids of security elements – `wsu:Id` and `xml:id` anywhere, `Id` on elements of XML Signature and XML Encryption – are
/// unique over the message (WS-I Basic Security Profile 1.1 R3204). `Id`, `ID` and `AssertionID` on other elements belong
/// to the application, which may repeat them; but an id that any two elements carry cannot be referred to.
package struct ElementIndex: Sendable {
    private struct Entry {
        let node: NodeID
        var isSecurity = false
        var isAmbiguous = false
    }

    private var entries: [String: Entry] = [:]

    /// Indexes `document` in one pass; `qualified` are the attributes in a namespace that are ids on every element.
    ///
    /// Throws `malformed` when an id of a security element repeats, or is no `NCName` although `requiringNames`.
    package init(
        of document: XMLDocument,
        qualified: [ExpandedName],
        requiringNames: Bool = false
    ) throws(XMLSignatureError) {
        let values = document.values(ofAttributes: qualified + Self.plainNames)
        entries.reserveCapacity(values.count)
        for (element, id, isQualified) in values {
            let isSecurity = isQualified || Self.isSecurity(element, in: document)
            if isSecurity, requiringNames, !id.isNCName { throw .foreign(id) }
            let isRepeated = Self.note(element, isSecurity: isSecurity, in: &entries[id, default: Entry(node: element)])
            guard !isRepeated else { throw .duplicate(id) }
        }
    }

    /// Notes that `element` carries the id of `entry`; `true` when ids of security elements repeat by that.
    private static func note(_ element: NodeID, isSecurity: Bool, in entry: inout Entry) -> Bool {
        if isSecurity, entry.isSecurity { return true }
        if isSecurity { entry.isSecurity = true }
        if entry.node != element { entry.isAmbiguous = true }
        return entry.isSecurity && entry.isAmbiguous
    }

    /// The one element with that id; `nil` when there is none or more than one.
    package subscript(id: String) -> NodeID? { entries[id].flatMap { $0.isAmbiguous ? nil : $0.node } }

    private static let plainNames = [ExpandedName("Id"), ExpandedName("ID"), ExpandedName("AssertionID")]

    private static func isSecurity(_ element: NodeID, in document: XMLDocument) -> Bool {
        if document.isInNamespace(element, XMLSignatureNamespace.signature) { return true }
        if document.isInNamespace(element, "http://www.w3.org/2001/04/xmlenc#") { return true }
        return document.name(of: element).namespace.hasPrefix("http://www.w3.org/2001/04/xmlenc#")
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

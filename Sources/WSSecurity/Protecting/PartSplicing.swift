import XML

/// Edits of the source that keep the rest octet for octet.
extension XMLDocument {
    /// Puts `content` in the place of what the element holds.
    func replacingContent(of node: NodeID, with content: [UInt8]) -> XMLEdit {
        guard isEmptyElementTag(node) else { return XMLEdit(range: contentRange(of: node), replacement: content) }
        return opened(node, with: content)
    }

    /// Puts `content` before what the element holds.
    func insertingContent(_ content: [UInt8], into node: NodeID) -> XMLEdit {
        guard isEmptyElementTag(node) else {
            return XMLEdit(inserting: content, at: contentRange(of: node).lowerBound)
        }
        return opened(node, with: content)
    }

    /// Gives the element a `wsu:Id`, with a prefix for it that nothing else in scope uses.
    func insertingIdentifier(_ id: String, into node: NodeID) -> XMLEdit {
        var attribute: String
        if let prefix = prefix(forNamespace: WSSNamespace.utility, at: node), !prefix.isEmpty {
            attribute = " \(prefix):Id=\"\(id)\""
        } else {
            let prefix = unboundPrefix("wsu", at: node)
            attribute = " xmlns:\(prefix)=\"\(WSSNamespace.utility)\" \(prefix):Id=\"\(id)\""
        }
        return XMLEdit(
            inserting: Array(attribute.utf8),
            at: range(of: node).lowerBound + 1 + qualifiedName(of: node).utf8.count
        )
    }

    /// The element's name as written.
    func qualifiedName(of node: NodeID) -> String {
        let prefix = prefix(of: node)
        return prefix.isEmpty ? name(of: node).localName : prefix + ":" + name(of: node).localName
    }

    /// `wanted`, or with a number behind it, so that nothing in scope at `node` uses it.
    func unboundPrefix(_ wanted: String, at node: NodeID) -> String {
        var prefix = wanted
        var number = 0
        while namespace(forPrefix: prefix, at: node) != nil {
            number += 1
            prefix = wanted + String(number)
        }
        return prefix
    }

    /// Turns an empty-element tag into a start tag, `content` and an end tag.
    private func opened(_ node: NodeID, with content: [UInt8]) -> XMLEdit {
        let end = range(of: node).upperBound
        let text = [UInt8(ascii: ">")] + content + Array("</\(qualifiedName(of: node))>".utf8)
        return XMLEdit(range: end - 2..<end, replacement: text)
    }
}

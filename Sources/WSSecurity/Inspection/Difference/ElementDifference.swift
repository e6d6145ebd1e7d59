import XML
import XMLSignature

/// The first place in which two elements differ, as a person would name it.
package struct ElementDifference: Codable, Hashable, Sendable {
    /// What kind of difference it is.
    package enum Kind: String, Codable, Hashable, Sendable {
        /// White space between elements or round a value.
        case whiteSpace
        /// A text or an attribute's value.
        case value
        /// Elements or attributes.
        case structure
        /// Prefixes or namespace declarations alone.
        case namespaces
    }

    /// What kind of difference it is.
    package let kind: Kind
    /// Where: the path of the element below the one that was compared, such as `Order/Item[2]`.
    package let path: String
    /// What is there in the original and what was received.
    package let text: String
}

/// Walks two elements side by side up to the first difference.
struct ElementComparison {
    let original: XMLDocument
    let received: XMLDocument

    /// The first difference below two elements; `nil` when names, attributes and texts are all the same.
    func firstDifference(_ left: NodeID, _ right: NodeID) -> ElementDifference? {
        firstDifference(left, right, path: original.name(of: left).localName)
    }

    private func firstDifference(_ left: NodeID, _ right: NodeID, path: String) -> ElementDifference? {
        let (name, other) = (original.name(of: left), received.name(of: right))
        guard name == other else {
            return difference(.structure, path, "element \(name)", "element \(other)")
        }
        return attributes(left, right, path: path) ?? content(left, right, path: path)
    }

    private func attributes(_ left: NodeID, _ right: NodeID, path: String) -> ElementDifference? {
        let list = { (attributes: [XMLAttribute]) in
            Dictionary(attributes.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        }
        let (mine, theirs) = (list(original.attributes(of: left)), list(received.attributes(of: right)))
        let names = Set(mine.keys).union(theirs.keys).sorted { $0.description < $1.description }
        for name in names where mine[name] != theirs[name] {
            let kind: ElementDifference.Kind = mine[name] == nil || theirs[name] == nil ? .structure : .value
            return difference(kind, path + "/@" + name.localName, quoted(mine[name]), quoted(theirs[name]))
        }
        return nil
    }

    private func content(_ left: NodeID, _ right: NodeID, path: String) -> ElementDifference? {
        let (mine, theirs) = (items(of: left, in: original), items(of: right, in: received))
        var counts: [ExpandedName: Int] = [:]
        for index in 0..<max(mine.count, theirs.count) {
            let (item, other) = (mine.item(at: index), theirs.item(at: index))
            switch (item, other) {
            case (.element(let child), .element(let partner)):
                let name = original.name(of: child)
                counts[name, default: 0] += 1
                let below = "\(path)/\(name.localName)[\(counts[name] ?? 1)]"
                if let found = firstDifference(child, partner, path: below) { return found }
            case (.text(let text), .text(let partner)) where text == partner: continue
            default:
                return difference(kind(item, other), path, described(item, original), described(other, received))
            }
        }
        return nil
    }

    private func kind(_ item: ContentItem?, _ other: ContentItem?) -> ElementDifference.Kind {
        switch (item, other) {
        case (.text(let text), .text(let partner)):
            text.trimmingXMLSpace() == partner.trimmingXMLSpace() ? .whiteSpace : .value
        case (.text(let text), _) where text.utf8.allSatisfy(\.isXMLSpace): .whiteSpace
        case (_, .text(let text)) where text.utf8.allSatisfy(\.isXMLSpace): .whiteSpace
        default: .structure
        }
    }

    private func items(of node: NodeID, in document: XMLDocument) -> [ContentItem] {
        var items: [ContentItem] = []
        for child in document.children(of: node) {
            switch document.kind(of: child) {
            case .element: items.append(.element(child))
            case .text:
                let text = document.text(of: child)
                if case .text(let before) = items.last {
                    items[items.count - 1] = .text(before + text)
                } else {
                    items.append(.text(text))
                }
            default: continue
            }
        }
        return items
    }

    private func described(_ item: ContentItem?, _ document: XMLDocument) -> String {
        switch item {
        case .text(let text): quoted(text)
        case .element(let node): "element \(document.name(of: node))"
        case nil: "nothing more"
        }
    }

    private func quoted(_ text: String?) -> String {
        guard let text else { return "nothing" }
        return "\"" + OctetDifference.visible(text.utf8.prefix(64)) + (text.utf8.count > 64 ? "...\"" : "\"")
    }

    private func difference(
        _ kind: ElementDifference.Kind,
        _ path: String,
        _ mine: String,
        _ theirs: String
    ) -> ElementDifference {
        ElementDifference(kind: kind, path: path, text: "\(mine) in the original, \(theirs) received")
    }
}

/// What an element holds, comments and processing instructions left out, texts put together.
private enum ContentItem {
    case text(String)
    case element(NodeID)
}

extension [ContentItem] {
    fileprivate func item(at index: Int) -> ContentItem? { index < count ? self[index] : nil }
}

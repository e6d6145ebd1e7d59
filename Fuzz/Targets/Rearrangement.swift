import XML

/// A message whose elements and ids are moved about, as an attacker without keys can.
struct Rearrangement {
    private(set) var octets: [UInt8]

    init(of octets: [UInt8]) { self.octets = octets }

    /// Does what a command of four octets says: what to do, with which element, at which one, in which manner.
    mutating func apply(_ command: [UInt8]) {
        guard let document = try? XMLDocument(scanning: octets, limits: .fuzzing) else { return }
        let elements = [document.root] + document.descendants(of: document.root)
        let source = elements[Int(command[1]) % elements.count]
        let target = elements[Int(command[2]) % elements.count]
        let edits: [XMLEdit] =
            switch command[0] % 8 {
            case 0: [copy(source, to: target, by: command[3], in: document)]
            case 1: [copy(source, to: target, by: command[3], in: document), removal(of: source, in: document)]
            case 2: [removal(of: source, in: document)]
            case 3: exchange(source, target, in: document)
            case 4: [identifier(of: source, for: target, by: command[3], in: document)]
            case 5: [renaming(source, as: target, in: document)].compactMap(\.self)
            case 6: [content(of: source, as: command[3], in: document)]
            default: [wrapping(source, by: command[3], in: document)]
            }
        octets = document.applying(edits)
    }

    private func copy(_ source: NodeID, to target: NodeID, by manner: UInt8, in document: XMLDocument) -> XMLEdit {
        let text = Array(document.octets[document.range(of: source)])
        let place = document.range(of: target)
        let inside = document.contentRange(of: target)
        return switch manner % 4 {
        case 0: XMLEdit(inserting: text, at: place.lowerBound)
        case 1: XMLEdit(inserting: text, at: place.upperBound)
        case 2: XMLEdit(inserting: text, at: inside.lowerBound)
        default: XMLEdit(inserting: text, at: inside.upperBound)
        }
    }

    private func removal(of node: NodeID, in document: XMLDocument) -> XMLEdit {
        XMLEdit(range: document.range(of: node), replacement: [])
    }

    private func exchange(_ first: NodeID, _ second: NodeID, in document: XMLDocument) -> [XMLEdit] {
        let ranges = [first, second].map(document.range(of:))
        guard !ranges[0].overlaps(ranges[1]) else { return [] }
        return [
            XMLEdit(range: ranges[0], replacement: Array(document.octets[ranges[1]])),
            XMLEdit(range: ranges[1], replacement: Array(document.octets[ranges[0]])),
        ]
    }

    /// Gives `node` an id of `other`, or one that nothing has, under any of the names of ids.
    private func identifier(of node: NodeID, for other: NodeID, by manner: UInt8, in document: XMLDocument) -> XMLEdit {
        let value = document.attributes(of: other).first { Self.isIdentifier($0.name.localName) }?.value ?? "other"
        let own = document.attributes(of: node).first { Self.isIdentifier($0.name.localName) }
        let names = [
            "Id", "ID", "id", "xml:id", "AssertionID",
            "wsu:Id", "xmlns:wsu=\"\(Self.utility)\" wsu:Id",
        ]
        let text = names[Int(manner >> 1) % names.count] + "=\"\(value)\""
        if manner & 1 == 0, let own { return XMLEdit(range: own.range, text: text) }
        let name = document.name(of: node).localName.utf8.count
        let prefix = document.prefix(of: node).utf8.count
        let end = document.range(of: node).lowerBound + 1 + name + (prefix == 0 ? 0 : prefix + 1)
        return XMLEdit(inserting: Array(" \(text)".utf8), at: end)
    }

    private static func isIdentifier(_ name: String) -> Bool { name.lowercased().hasSuffix("id") }

    private static let utility =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"

    /// The content of `node` under the tags of `other`.
    private func renaming(_ node: NodeID, as other: NodeID, in document: XMLDocument) -> XMLEdit? {
        guard !document.isEmptyElementTag(node), !document.isEmptyElementTag(other) else { return nil }
        let place = document.range(of: other)
        let inside = document.contentRange(of: other)
        let text =
            document.octets[place.lowerBound..<inside.lowerBound]
            + document.octets[document.contentRange(of: node)]
            + document.octets[inside.upperBound..<place.upperBound]
        return XMLEdit(range: document.range(of: node), replacement: Array(text))
    }

    private func content(of node: NodeID, as choice: UInt8, in document: XMLDocument) -> XMLEdit {
        let contents = ["", "EVIL", "<!--c-->", "<e/>", "<![CDATA[EVIL]]>", "<?p?>", "&#69;", " "]
        let range = document.contentRange(of: node)
        let text = contents[Int(choice >> 1) % contents.count]
        return choice & 1 == 0
            ? XMLEdit(range: range, text: text) : XMLEdit(inserting: Array(text.utf8), at: range.lowerBound)
    }

    private func wrapping(_ node: NodeID, by choice: UInt8, in document: XMLDocument) -> XMLEdit {
        let range = document.range(of: node)
        let parent = document.parent(of: node) ?? .document
        let name = choice % 2 == 0 || parent == .document ? "w" : qualifiedName(of: parent, in: document)
        return XMLEdit(
            range: range,
            replacement: Array("<\(name)>".utf8) + document.octets[range] + Array("</\(name)>".utf8)
        )
    }

    private func qualifiedName(of node: NodeID, in document: XMLDocument) -> String {
        let prefix = document.prefix(of: node)
        return (prefix.isEmpty ? "" : prefix + ":") + document.name(of: node).localName
    }
}

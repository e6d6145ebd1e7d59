import Keystore
import Yams

extension IntegrationFlow {
    /// The flow with another name for a key: its document as it was written, with nothing but that name changed.
    ///
    /// Throws `KeyRenameError.unclearDocument` when the document does not name the key by itself.
    func renaming(_ alias: KeyAlias, to name: KeyAlias) throws -> IntegrationFlow {
        let text = DocumentText(yaml).replacing(Self.places(of: alias, in: yaml), of: alias.rawValue, by: name.rawValue)
        let present = { (named: KeyAlias) in named == alias ? name : named }
        guard let renamed = try? IntegrationFlow(yaml: text, file: id.rawValue), renamed.id == id,
            renamed.uses == uses.map({ $0.renamed(present) }),
            renamed.transportUses == transportUses.map({ $0.renamed(present) })
        else { throw KeyRenameError.unclearDocument(alias, id) }
        return renamed
    }

    /// The keys of a document under which aliases stand.
    private static let keys: Set<String> = [
        "sign", "encrypt", "verify", "decrypt", "endorse", "issuers", "trust", "certificate",
    ]

    private static func places(of alias: KeyAlias, in yaml: String) -> Set<Place> {
        guard let node = try? Yams.compose(yaml: yaml) else { return [] }
        return Set(marks(of: alias.rawValue, in: node).map { Place(line: $0.line, column: $0.column) })
    }

    private static func marks(of text: String, in node: Node) -> [Mark] {
        switch node {
        case .mapping(let mapping):
            mapping.flatMap { key, value in
                let isNamed = key.scalar.map { keys.contains($0.string) } ?? false
                return (isNamed ? marks(of: text, as: value) : []) + marks(of: text, in: value)
            }
        case .sequence(let sequence): sequence.flatMap { marks(of: text, in: $0) }
        default: []
        }
    }

    /// Where a value, or an element of a list, is `text`.
    private static func marks(of text: String, as value: Node) -> [Mark] {
        let elements = value.sequence.map(Array.init) ?? [value]
        return elements.filter { $0.scalar?.string == text }.compactMap(\.mark)
    }
}

/// A place in a document, both numbers from 1; columns count Unicode scalars.
private struct Place: Hashable {
    let line: Int
    let column: Int
}

/// A document whose places can be changed.
private struct DocumentText {
    private let scalars: [Unicode.Scalar]

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    /// The document with `new` for `old` at those of `places` at which `old` stands, in quotes or without.
    func replacing(_ places: Set<Place>, of old: String, by new: String) -> String {
        let (old, lines) = (Array(old.unicodeScalars), lineStarts)
        var text = scalars
        let starts = places.compactMap { place -> Int? in
            guard place.line <= lines.count else { return nil }
            let start = lines[place.line - 1] + place.column - 1
            guard scalars.indices.contains(start) else { return nil }
            return ["'", "\""].contains(scalars[start]) ? start + 1 : start
        }
        for start in starts.sorted(by: >) where scalars[start...].starts(with: old) {
            text.replaceSubrange(start..<start + old.count, with: new.unicodeScalars)
        }
        return String(String.UnicodeScalarView(text))
    }

    /// Where each line begins, by the line breaks of YAML 1.1.
    private var lineStarts: [Int] {
        var starts = [0]
        for (index, scalar) in scalars.enumerated() {
            let isFirstOfTwo = scalar == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
            if ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"].contains(scalar), !isFirstOfTwo {
                starts.append(index + 1)
            }
        }
        return starts
    }
}

extension ConfiguredKeyUse {
    fileprivate func renamed(_ present: (KeyAlias) -> KeyAlias) -> Self {
        Self(alias: present(alias), purpose: purpose, flow: flow, side: side, partner: partner)
    }
}

extension TransportKeyUse {
    fileprivate func renamed(_ present: (KeyAlias) -> KeyAlias) -> Self {
        Self(alias: present(alias), purpose: purpose, flow: flow, listener: listener, partner: partner)
    }
}

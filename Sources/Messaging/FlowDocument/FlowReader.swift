import Yams

/// One mapping of a flow document: hands out its values by key, and knows where it stands for the errors.
///
/// A key that no one asked for is an error (``end()``): a misspelt demand must not be a demand that is not made.
struct FlowReader {
    private let mapping: Node.Mapping
    private let path: String
    private let file: String
    private let line: Int?
    private var asked: [String] = []

    /// The mapping of a whole document.
    init(document yaml: String, file: String) throws(FlowError) {
        guard yaml.utf8.count <= Self.octetLimit else {
            throw FlowError(
                file: file,
                key: "",
                cause: "the document has more than \(Self.octetLimit) octets",
                mend: "one flow is one document; remove what does not belong to it"
            )
        }
        try self.init(Self.compose(yaml, file: file), path: "", file: file, line: 1)
    }

    private init(_ node: Node, path: String, file: String, line: Int?) throws(FlowError) {
        guard let mapping = node.mapping else {
            throw FlowError(
                file: file,
                line: node.mark?.line ?? line,
                key: path,
                cause: "is not a mapping",
                mend: "write its keys indented below it, or in braces"
            )
        }
        self.mapping = mapping
        self.path = path
        self.file = file
        self.line = node.mark?.line ?? line
    }

    /// The text of a key; `nil` when the key is absent.
    mutating func text(_ key: String) throws(FlowError) -> String? {
        guard let node = value(key) else { return nil }
        guard let text = node.scalar?.string, !text.isEmpty else {
            throw error(key, "is not a single value", mend: "write one value after the colon")
        }
        return text
    }

    /// The text of a key that must be there.
    mutating func requiredText(_ key: String, example: String) throws(FlowError) -> String {
        guard let text = try text(key) else {
            throw error(key, "is missing", mend: "add it, such as `\(key): \(example)`")
        }
        return text
    }

    /// The texts of a key that holds a list or one value; `nil` when the key is absent.
    mutating func texts(_ key: String) throws(FlowError) -> [String]? {
        guard let node = value(key) else { return nil }
        if let text = node.scalar?.string, !text.isEmpty { return [text] }
        guard let sequence = node.sequence else {
            throw error(key, "is not a list", mend: "write a list in brackets, such as `\(key): [a, b]`")
        }
        var texts: [String] = []
        for element in sequence {
            guard let text = element.scalar?.string, !text.isEmpty else {
                throw error(key, "holds something that is not a single value", mend: "list single values")
            }
            texts.append(text)
        }
        return texts
    }

    /// A value made of a key's text by `make`; `nil` when the key is absent.
    mutating func value<Value>(
        _ key: String,
        expecting mend: String,
        make: (String) -> Value?
    ) throws(FlowError) -> Value? {
        guard let text = try text(key) else { return nil }
        guard let value = make(text) else { throw error(key, "is `\(text)`", mend: mend) }
        return value
    }

    /// A length of time in whole seconds, from 1 to a week; `nil` when the key is absent.
    mutating func seconds(_ key: String, least: Int = 1) throws(FlowError) -> Duration? {
        try value(key, expecting: "give whole seconds, from \(least) to 604800") { text in
            Int(text).flatMap { (least...604_800).contains($0) ? .seconds($0) : nil }
        }
    }

    /// The mapping below a key; `nil` when the key is absent.
    mutating func below(_ key: String) throws(FlowError) -> FlowReader? {
        guard let node = value(key) else { return nil }
        return try FlowReader(node, path: name(key), file: file, line: node.mark?.line)
    }

    /// The mapping below a key that must be there.
    mutating func requiredBelow(_ key: String) throws(FlowError) -> FlowReader {
        guard let reader = try below(key) else {
            throw error(key, "is missing", mend: "add it with its keys indented below")
        }
        return reader
    }

    /// Whether a key is there.
    func has(_ key: String) -> Bool {
        mapping.contains { $0.key.scalar?.string == key }
    }

    /// Whether a key has a mapping below it.
    func hasMapping(_ key: String) -> Bool {
        mapping.first { $0.key.scalar?.string == key }?.value.mapping != nil
    }

    /// Complains of a key that was not asked for.
    func end() throws(FlowError) {
        for (key, _) in mapping {
            let text = key.scalar?.string ?? "?"
            guard asked.contains(text) else {
                throw error(text, "is not a key of this place", mend: "known here: \(asked.joined(separator: ", "))")
            }
        }
    }

    /// An error at a key.
    func error(_ key: String, _ cause: String, mend: String) -> FlowError {
        let place = mapping.first { $0.key.scalar?.string == key }
        let line = place?.key.mark?.line ?? place?.value.mark?.line ?? self.line
        return FlowError(file: file, line: line, key: name(key), cause: cause, mend: mend)
    }

    private mutating func value(_ key: String) -> Node? {
        asked.append(key)
        return mapping.first { $0.key.scalar?.string == key }?.value
    }

    private func name(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}

extension FlowReader {
    private static let octetLimit = 65_536

    private static func compose(_ yaml: String, file: String) throws(FlowError) -> Node {
        let mend = "write one YAML document whose keys are id, pattern, sender, receiver, delivery"
        do {
            if let node = try Yams.compose(yaml: yaml) { return node }
        } catch let error as YamlError {
            throw FlowError(file: file, line: error.line, key: "", cause: error.problem, mend: mend)
        } catch {
            throw FlowError(file: file, key: "", cause: "is not YAML", mend: mend)
        }
        throw FlowError(file: file, key: "", cause: "is empty", mend: mend)
    }
}

extension YamlError {
    fileprivate var line: Int? {
        switch self {
        case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
        case .duplicatedKeysInMapping(_, let context): context.mark.line
        default: nil
        }
    }

    fileprivate var problem: String {
        switch self {
        case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _),
            .reader(let problem, _, _, _):
            "is not YAML: \(problem)"
        case .duplicatedKeysInMapping(let duplicates, _): "has a key twice: \(duplicates.joined(separator: ", "))"
        default: "is not YAML"
        }
    }
}

import Foundation
import Yams

/// A place in a configuration file, read by asking for what must be there.
///
/// Every question throws a `ConfigurationFault` that names the line, the key, the cause and the mend.
struct ConfigurationNode {
    private let node: Node
    private let file: String
    private let key: String

    /// The root of the YAML 1.1 document in `text`, which must be a mapping of keys to values.
    init(yaml text: String, file: String) throws(ConfigurationFault) {
        do {
            guard let node = try Yams.compose(yaml: text) else {
                throw ConfigurationFault(file: file, line: nil, key: "", cause: "the file is empty", mend: Self.example)
            }
            self.init(node: node, file: file, key: "")
        } catch let fault as ConfigurationFault {
            throw fault
        } catch {
            let cause = "not YAML: \(error)".replacing("\n", with: " ")
            throw ConfigurationFault(file: file, line: nil, key: "", cause: cause, mend: "mend the line named above")
        }
        guard case .mapping = node else { throw fault("keys with values are expected", mend: Self.example) }
    }

    private static let example = "write it as docs/operations.md shows: organisation, listen, store, masterKey, …"

    private init(node: Node, file: String, key: String) {
        self.node = node
        self.file = file
        self.key = key
    }

    /// Whether keys with values stand here.
    var isMapping: Bool { if case .mapping = node { true } else { false } }

    /// A fault at this place.
    func fault(_ cause: String, mend: String) -> ConfigurationFault {
        ConfigurationFault(file: file, line: node.mark?.line, key: key, cause: cause, mend: mend)
    }

    /// Refuses keys that are not in `known`.
    func allow(_ known: String...) throws(ConfigurationFault) {
        guard case .mapping(let mapping) = node else {
            throw fault("keys with values are expected", mend: "write \(known.joined(separator: ", ")) below it")
        }
        for (name, value) in mapping {
            let name = name.string ?? ""
            guard known.contains(name) else {
                let place = child(value, name)
                throw place.fault("unknown key", mend: "known here: \(known.joined(separator: ", "))")
            }
        }
    }

    /// The value of `name`, which must be there.
    func child(_ name: String, mend: String) throws(ConfigurationFault) -> ConfigurationNode {
        guard let child = optionalChild(name) else {
            let place = key.isEmpty ? name : key + "." + name
            throw ConfigurationFault(file: file, line: node.mark?.line, key: place, cause: "missing", mend: mend)
        }
        return child
    }

    /// The value of `name`; nil when it is not there.
    func optionalChild(_ name: String) -> ConfigurationNode? {
        guard case .mapping(let mapping) = node, let value = mapping[name] else { return nil }
        return child(value, name)
    }

    /// The items of a list.
    func items() throws(ConfigurationFault) -> [ConfigurationNode] {
        guard case .sequence(let sequence) = node else {
            throw fault("a list is expected", mend: "write the items as `- …` lines or in [ ]")
        }
        return sequence.enumerated()
            .map { index, item in
                ConfigurationNode(node: item, file: file, key: "\(key)[\(index)]")
            }
    }

    /// A text that is not empty.
    func text() throws(ConfigurationFault) -> String {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            throw fault("a text is expected", mend: "write one value on the line of the key")
        }
        return scalar.string
    }

    /// A whole number of at least `least`.
    func number(atLeast least: Int) throws(ConfigurationFault) -> Int {
        guard let number = try Int(text()), number >= least else {
            throw fault("a whole number of at least \(least) is expected", mend: "write digits only")
        }
        return number
    }

    /// A whole number of at least `least` and at most `most`.
    func number(atLeast least: Int, atMost most: Int) throws(ConfigurationFault) -> Int {
        let number = try number(atLeast: least)
        guard number <= most else {
            throw fault("a whole number of at most \(most) is expected", mend: "write one from \(least) to \(most)")
        }
        return number
    }

    /// `true` or `false`.
    func flag() throws(ConfigurationFault) -> Bool {
        switch try text() {
        case "true": true
        case "false": false
        default: throw fault("true or false is expected", mend: "write true or false")
        }
    }

    /// One of the words of a closed list.
    func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) throws(ConfigurationFault) -> Word
    where Word.RawValue == String {
        let text = try text()
        guard let word = Word(rawValue: text) else {
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault("`\(text)` is not one of the words", mend: "known here: \(known)")
        }
        return word
    }

    /// A path, taken from the folder of the file when it is relative.
    func path() throws(ConfigurationFault) -> String {
        let folder = URL(filePath: file).deletingLastPathComponent()
        return try URL(filePath: text(), relativeTo: folder).absoluteURL.standardizedFileURL.path
    }

    private func child(_ value: Node, _ name: String) -> ConfigurationNode {
        ConfigurationNode(node: value, file: file, key: key.isEmpty ? name : key + "." + name)
    }
}

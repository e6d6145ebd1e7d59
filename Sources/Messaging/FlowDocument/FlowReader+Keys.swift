import Keystore
import WSSecurity

extension FlowReader {
    /// The alias that a key names; `nil` when the key is absent.
    mutating func alias(_ key: String) throws(FlowError) -> KeyAlias? {
        try value(key, expecting: Self.aliasRule) { try? KeyAlias($0) }
    }

    /// The aliases that a key names; none when the key is absent.
    mutating func aliases(_ key: String) throws(FlowError) -> [KeyAlias] {
        var aliases: [KeyAlias] = []
        for text in try texts(key) ?? [] {
            guard let alias = try? KeyAlias(text) else { throw error(key, "names `\(text)`", mend: Self.aliasRule) }
            aliases.append(alias)
        }
        return aliases
    }

    /// The partner at this end, which must be named.
    mutating func partner() throws(FlowError) -> PartnerID {
        let text = try requiredText("partner", example: "sender-one")
        guard let partner = try? PartnerID(text) else { throw error("partner", "is `\(text)`", mend: Self.aliasRule) }
        return partner
    }

    /// The message parts that a key lists; `nil` when the key is absent.
    mutating func parts(_ key: String) throws(FlowError) -> [MessagePart]? {
        guard let texts = try texts(key) else { return nil }
        var parts: [MessagePart] = []
        for text in texts {
            guard let part = MessagePart(text) else {
                throw error(
                    key,
                    "names the part `\(text)`",
                    mend: "use \(Self.partWords), a header as {namespace}name, or /Envelope/Body/{namespace}name"
                )
            }
            parts.append(part)
        }
        return parts
    }

    /// One of the named choices; `nil` when the key is absent.
    mutating func choice<Value>(_ key: String, of choices: [(String, Value)]) throws(FlowError) -> Value? {
        try value(key, expecting: Self.rule(choices.map(\.0))) { text in choices.first { $0.0 == text }?.1 }
    }

    /// Some of the named choices; `nil` when the key is absent.
    mutating func choices<Value>(_ key: String, of choices: [(String, Value)]) throws(FlowError) -> [Value]? {
        guard let texts = try texts(key) else { return nil }
        var values: [Value] = []
        for text in texts {
            guard let value = choices.first(where: { $0.0 == text })?.1 else {
                throw error(key, "names `\(text)`", mend: Self.rule(choices.map(\.0)))
            }
            values.append(value)
        }
        return values
    }

    private static func rule(_ names: [String]) -> String { "use one of: " + names.joined(separator: ", ") }

    /// The actor or role that a Security header is for; `nil` when the key is absent.
    mutating func actor() throws(FlowError) -> String? {
        try value(
            "actor",
            expecting: "give an absolute URI of 256 characters at most, such as http://tenant.example/wss"
        ) {
            let isURI = $0.contains(":") && $0.utf8.count <= 256 && $0.utf8.allSatisfy { (0x21...0x7E).contains($0) }
            return isURI ? $0 : nil
        }
    }

    /// `true` or `false`; `nil` when the key is absent.
    mutating func flag(_ key: String) throws(FlowError) -> Bool? {
        try choice(key, of: [("true", true), ("false", false)])
    }

    /// A size in octets, written as a whole number of MB (1,048,576 octets) from 1 to 1024; `nil` when the key is absent.
    mutating func octetCount(_ key: String) throws(FlowError) -> Int? {
        try value(key, expecting: "give whole megabytes, from 1 to 1024") { text in
            Int(text).flatMap { (1...1024).contains($0) ? $0 << 20 : nil }
        }
    }

    private static let partWords = MessagePart.worded.map(\.description).joined(separator: ", ")

    private static let aliasRule = "use a-z, 0-9, `.`, `_`, `-`; at most 64, beginning with a letter or digit"
}

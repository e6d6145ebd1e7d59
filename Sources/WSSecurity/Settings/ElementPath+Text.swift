extension ElementPath: CustomStringConvertible {
    /// The path as text, such as `/Envelope/Body/{urn:order}Order`.
    public var description: String {
        "/Envelope/" + origin.rawValue + steps.map { "/" + $0.description }.joined()
    }

    /// Reads what `description` writes; `nil` when it is anything else.
    public init?(_ text: String) {
        for origin in Origin.allCases {
            let start = "/Envelope/" + origin.rawValue + "/"
            guard text.hasPrefix(start) else { continue }
            guard let steps = Self.steps(of: text.dropFirst(start.count)) else { return nil }
            self.init(from: origin, steps: steps)
            return
        }
        return nil
    }

    /// Namespaces hold slashes, so steps end at a slash outside of braces only.
    private static func steps(of text: Substring) -> [Step]? {
        var steps: [Step] = []
        var rest = text
        while true {
            let name = rest.first == "{" ? rest.firstIndex(of: "}") : rest.startIndex
            guard let name else { return nil }
            let end = rest[name...].firstIndex(of: "/") ?? rest.endIndex
            guard let step = Step(String(rest[..<end])) else { return nil }
            steps.append(step)
            guard end < rest.endIndex else { return steps }
            rest = rest[rest.index(after: end)...]
        }
    }
}

extension ElementPath.Step: CustomStringConvertible {
    /// The name in James Clark's notation: `{namespace}local`, or `local` in no namespace.
    public var description: String { namespace.isEmpty ? localName : "{\(namespace)}\(localName)" }

    /// Reads what `description` writes; `nil` when it is anything else.
    public init?(_ text: String) {
        var name = text[...]
        var namespace = ""
        if text.hasPrefix("{") {
            guard let end = text.firstIndex(of: "}") else { return nil }
            namespace = String(text[text.index(after: text.startIndex)..<end])
            guard !namespace.isEmpty, !namespace.contains("{") else { return nil }
            name = text[text.index(after: end)...]
        }
        let isName = name.allSatisfy { !$0.isWhitespace && !"/{}:<>&\"'*@[]()=".contains($0) }
        guard !name.isEmpty, isName else { return nil }
        self.init(namespace: namespace, localName: String(name))
    }
}

extension ElementPath: Codable {
    /// Reads the path's text.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let path = ElementPath(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "this is no path to an element")
        }
        self = path
    }

    /// Writes the path's text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

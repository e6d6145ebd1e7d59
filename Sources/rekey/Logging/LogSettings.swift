import Logging

/// `logging:` of a tenant's configuration.
struct LogSettings: Hashable, Sendable {
    var format = LogFormat.text
    var level = Logger.Level.info

    /// The defaults.
    init() {}

    /// Reads `{format: json|text, level: debug|info|…}`; nil gives the defaults.
    init(_ node: ConfigurationNode?) throws(ConfigurationFault) {
        guard let node else { return }
        try node.allow("format", "level")
        format = try node.optionalChild("format")?.word(LogFormat.self) ?? format
        level = try node.optionalChild("level")?.word(Logger.Level.self) ?? level
    }

    /// As the environment has it: `REKEY_LOG_FORMAT` and `REKEY_LOG_LEVEL` go before the file.
    func overridden(by environment: [String: String]) throws(Failure) -> LogSettings {
        var settings = self
        settings.format = try Self.word("REKEY_LOG_FORMAT", environment) ?? format
        settings.level = try Self.word("REKEY_LOG_LEVEL", environment) ?? level
        return settings
    }

    private static func word<Word: RawRepresentable & CaseIterable>(
        _ variable: String,
        _ environment: [String: String]
    ) throws(Failure) -> Word? where Word.RawValue == String {
        guard let text = environment[variable], !text.isEmpty else { return nil }
        guard let word = Word(rawValue: text) else {
            let known = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw Failure(
                "the environment variable \(variable) is none of the words it may be",
                hint: "known: \(known)",
                status: .configuration
            )
        }
        return word
    }
}

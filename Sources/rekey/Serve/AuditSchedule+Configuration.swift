import Keystore

extension AuditSigning.Schedule {
    /// Reads `{entries: …, seconds: …}`; nil gives the defaults.
    init(_ node: ConfigurationNode?) throws(ConfigurationFault) {
        self.init()
        try node?.allow("entries", "seconds")
        entryCount = try node?.optionalChild("entries")?.number(atLeast: 1) ?? entryCount
        if let seconds = try node?.optionalChild("seconds")?.number(atLeast: 1) { interval = .seconds(seconds) }
    }
}

import Messaging

/// What a tenant's configuration says about watching and ending it.
struct OperationSettings {
    /// How it logs.
    let logging: LogSettings
    /// Who may read its metrics.
    let metrics: MetricsSettings
    /// How much of the message log is kept.
    let logRetention: LogRetention
    /// How long an end waits for exchanges under way.
    let shutdownBound: Duration

    /// Reads `logging`, `metrics`, `messageLog` and `shutdown`.
    init(_ root: ConfigurationNode, management: ListenAddress) throws(ConfigurationFault) {
        logging = try LogSettings(root.optionalChild("logging"))
        metrics = try MetricsSettings(root.optionalChild("metrics"), listener: management)
        logRetention = try LogRetention(root.optionalChild("messageLog"))
        let shutdown = root.optionalChild("shutdown")
        try shutdown?.allow("bound")
        shutdownBound = .seconds(try shutdown?.optionalChild("bound")?.number(atLeast: 1) ?? 30)
    }
}

extension LogRetention {
    /// Reads `{days: …, rows: …}`; nil gives the defaults, no rows switch the log off.
    init(_ node: ConfigurationNode?) throws(ConfigurationFault) {
        self.init()
        try node?.allow("days", "rows")
        if let days = try node?.optionalChild("days")?.number(atLeast: 1) { age = .seconds(days * 86_400) }
        rowLimit = try node?.optionalChild("rows")?.number(atLeast: 0) ?? rowLimit
    }
}

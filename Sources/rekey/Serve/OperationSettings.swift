import Keystore
import Messaging

/// What a tenant's configuration says about watching and ending it.
struct OperationSettings {
    /// How it logs.
    let logging: LogSettings
    /// Who may read its metrics.
    let metrics: MetricsSettings
    /// How much of the message log is kept.
    let logRetention: LogRetention
    /// The bounds of capturing messages with their content.
    let capture: CaptureTerms
    /// How often the audit log is signed.
    let audit: AuditSigning.Schedule
    /// How long an end waits for exchanges under way.
    let shutdownBound: Duration

    /// Reads `logging`, `metrics`, `messageLog`, `capture`, `audit` and `shutdown`.
    init(_ root: ConfigurationNode, management: ListenAddress) throws(ConfigurationFault) {
        logging = try LogSettings(root.optionalChild("logging"))
        metrics = try MetricsSettings(root.optionalChild("metrics"), listener: management)
        logRetention = try LogRetention(root.optionalChild("messageLog"))
        capture = try CaptureTerms(root.optionalChild("capture"))
        audit = try AuditSigning.Schedule(root.optionalChild("audit"))
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

extension CaptureTerms {
    /// Reads `{longest: MINUTES, exchanges: …, space: MB, hours: …}`; nil gives the defaults.
    init(_ node: ConfigurationNode?) throws(ConfigurationFault) {
        self.init()
        try node?.allow("longest", "exchanges", "space", "hours")
        if let minutes = try node?.optionalChild("longest")?.number(atLeast: 1, atMost: 10_080) {
            longest = .seconds(60 * minutes)
        }
        exchangeLimit = try node?.optionalChild("exchanges")?.number(atLeast: 1, atMost: 1_000_000) ?? exchangeLimit
        if let megabytes = try node?.optionalChild("space")?.number(atLeast: 1, atMost: 1 << 20) {
            octetLimit = megabytes << 20
        }
        if let hours = try node?.optionalChild("hours")?.number(atLeast: 1, atMost: 8784) {
            retention = .seconds(3600 * hours)
        }
    }
}

/// What a tenant's configuration says about watching and ending it.
struct OperationSettings {
    /// How it logs.
    let logging: LogSettings
    /// Who may read its metrics.
    let metrics: MetricsSettings
    /// How long an end waits for exchanges under way.
    let shutdownBound: Duration

    /// Reads `logging`, `metrics` and `shutdown`.
    init(_ root: ConfigurationNode, management: ListenAddress) throws(ConfigurationFault) {
        logging = try LogSettings(root.optionalChild("logging"))
        metrics = try MetricsSettings(root.optionalChild("metrics"), listener: management)
        let shutdown = root.optionalChild("shutdown")
        try shutdown?.allow("bound")
        shutdownBound = .seconds(try shutdown?.optionalChild("bound")?.number(atLeast: 1) ?? 30)
    }
}

import Renewal

extension RenewalSettings {
    /// Reads `renewal:`, in seconds unless said otherwise; what is not there keeps its default.
    init(_ node: ConfigurationNode?) throws(ConfigurationFault) {
        self.init()
        guard let node else { return }
        try node.allow(
            "safetyMargin",
            "applyTime",
            "cacheTime",
            "guaranteedDelivery",
            "minimumMessages",
            "retentionDays",
            "silence",
            "downtime",
            "probeWait",
            "canaryWait",
            "reminderHours",
            "escalationHours"
        )
        safetyMargin = try node.seconds("safetyMargin") ?? safetyMargin
        applyTime = try node.seconds("applyTime") ?? applyTime
        cacheTime = try node.seconds("cacheTime") ?? cacheTime
        guaranteedDelivery = try node.seconds("guaranteedDelivery") ?? guaranteedDelivery
        silence = try node.seconds("silence") ?? silence
        downtime = try node.seconds("downtime") ?? downtime
        probeWait = try node.seconds("probeWait") ?? probeWait
        canaryWait = try node.seconds("canaryWait") ?? canaryWait
        reminders = try node.hours("reminderHours") ?? reminders
        escalations = try node.hours("escalationHours") ?? escalations
        minimumMessages = try node.optionalChild("minimumMessages")?.number(atLeast: 1) ?? minimumMessages
        if let days = try node.optionalChild("retentionDays")?.number(atLeast: 90) {
            retention = .seconds(days * 86_400)
        }
    }
}

extension ConfigurationNode {
    /// A list of whole hours; nil when the key is not there.
    fileprivate func hours(_ name: String) throws(ConfigurationFault) -> [Duration]? {
        guard let child = optionalChild(name) else { return nil }
        var hours: [Duration] = []
        for item in try child.items() { try hours.append(.seconds(item.number(atLeast: 1) * 3_600)) }
        return hours
    }

    /// A length of time in whole seconds; nil when the key is not there.
    fileprivate func seconds(_ name: String) throws(ConfigurationFault) -> Duration? {
        try optionalChild(name).map { child throws(ConfigurationFault) in try .seconds(child.number(atLeast: 0)) }
    }
}

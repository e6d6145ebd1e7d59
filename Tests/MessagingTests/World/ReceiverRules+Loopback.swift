import Messaging

extension ReceiverRules {
    /// What tests need, whose receivers are on this machine.
    static let loopback = ReceiverRules(networks: ["127.0.0.0/8", "::1"].compactMap(IPNetwork.init))
}

extension RuntimeConfiguration {
    /// The same with receivers on this machine allowed.
    var onLoopback: RuntimeConfiguration {
        var configuration = self
        if configuration.receivers.networks.isEmpty { configuration.receivers = .loopback }
        return configuration
    }
}

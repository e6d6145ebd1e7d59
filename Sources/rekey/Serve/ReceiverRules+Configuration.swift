import Messaging

extension ReceiverRules {
    /// Reads `receivers: {allow: [HOST:PORT, …], networks: [NETWORK, …]}`; what is not there keeps its default.
    init(_ node: ConfigurationNode?) throws(ConfigurationFault) {
        self.init()
        guard let node else { return }
        try node.allow("allow", "networks")
        if let allow = node.optionalChild("allow") {
            hosts = try Self.list(allow, mend: #"write HOST, "HOST:PORT", "HOST:*" or "*.DOMAIN""#) {
                ReceiverAllowance($0)
            }
        }
        if let networks = node.optionalChild("networks") {
            self.networks = try Self.list(networks, mend: #"write an address or a network, such as "10.20.0.0/16""#) {
                IPNetwork($0)
            }
        }
    }

    private static func list<Item>(
        _ node: ConfigurationNode,
        mend: String,
        _ read: (String) -> Item?
    ) throws(ConfigurationFault) -> [Item] {
        var items: [Item] = []
        for item in try node.items() {
            let text = try item.text()
            guard let value = read(text) else { throw item.fault("`\(text)` cannot be read", mend: mend) }
            items.append(value)
        }
        return items
    }
}

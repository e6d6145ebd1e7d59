import Messaging

/// The key `limits:` of a tenant's file: how much the runtime keeps; what is not there keeps its default.
struct RuntimeLimits {
    private let replayCapacity: Int?
    private let reservedMegabytes: Int?
    private let deliveries: Int?
    private let deliveriesPerFlow: Int?

    /// Reads and checks the limits.
    init(_ node: ConfigurationNode?) throws(ConfigurationFault) {
        try node?.allow("replayCapacity", "reservedSpace", "deliveries", "deliveriesPerFlow")
        replayCapacity = try node?.optionalChild("replayCapacity")?.number(atLeast: 1000)
        reservedMegabytes = try node?.optionalChild("reservedSpace")?.number(atLeast: 0)
        deliveries = try node?.optionalChild("deliveries")?.number(atLeast: 1)
        deliveriesPerFlow = try node?.optionalChild("deliveriesPerFlow")?.number(atLeast: 1)
    }

    /// Sets what the file says.
    func apply(to runtime: inout RuntimeConfiguration) {
        if let replayCapacity { runtime.replayCapacity = replayCapacity }
        if let reservedMegabytes { runtime.reservedOctetCount = min(reservedMegabytes, 1 << 40) << 20 }
        if let deliveries { runtime.deliveryLimit = deliveries }
        if let deliveriesPerFlow { runtime.flowDeliveryLimit = deliveriesPerFlow }
    }
}

import Messaging

/// The key `limits:` of a tenant's file: how much the runtime takes and keeps; what is not there keeps its default.
struct RuntimeLimits {
    /// The most octets of a message.
    let messageOctetCount: Int
    private let replayCapacity: Int?
    private let reservedMegabytes: Int?
    private let deliveries: Int?
    private let deliveriesPerFlow: Int?

    /// Reads and checks the limits.
    init(_ node: ConfigurationNode?) throws(ConfigurationFault) {
        try node?.allow("messageSize", "replayCapacity", "reservedSpace", "deliveries", "deliveriesPerFlow")
        replayCapacity = try node?.optionalChild("replayCapacity")?.number(atLeast: 1000)
        reservedMegabytes = try node?.optionalChild("reservedSpace")?.number(atLeast: 0)
        deliveries = try node?.optionalChild("deliveries")?.number(atLeast: 1)
        deliveriesPerFlow = try node?.optionalChild("deliveriesPerFlow")?.number(atLeast: 1)
        messageOctetCount =
            try node?.optionalChild("messageSize")
            .map { size throws(ConfigurationFault) in
                let count = try size.number(atLeast: 1)
                guard count <= 1024 else {
                    throw size.fault("more than 1024 MB", mend: "give whole megabytes, from 1 to 1024")
                }
                return count << 20
            } ?? RuntimeConfiguration().messageOctetLimit
    }

    /// Sets what the file says.
    func apply(to runtime: inout RuntimeConfiguration) {
        if let replayCapacity { runtime.replayCapacity = replayCapacity }
        if let reservedMegabytes { runtime.reservedOctetCount = min(reservedMegabytes, 1 << 40) << 20 }
        if let deliveries { runtime.deliveryLimit = deliveries }
        if let deliveriesPerFlow { runtime.flowDeliveryLimit = deliveriesPerFlow }
        runtime.messageOctetLimit = messageOctetCount
    }
}

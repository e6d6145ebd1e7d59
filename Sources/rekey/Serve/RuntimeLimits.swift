import Messaging

/// The key `limits:` of a tenant's file: how much the runtime keeps; what is not there keeps its default.
struct RuntimeLimits {
    private let replayCapacity: Int?

    /// Reads and checks the limits.
    init(_ node: ConfigurationNode?) throws(ConfigurationFault) {
        try node?.allow("replayCapacity")
        replayCapacity = try node?.optionalChild("replayCapacity")?.number(atLeast: 1000)
    }

    /// Sets what the file says.
    func apply(to runtime: inout RuntimeConfiguration) {
        if let replayCapacity { runtime.replayCapacity = replayCapacity }
    }
}

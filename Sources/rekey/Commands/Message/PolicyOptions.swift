import ArgumentParser
import WSSecurity

/// What a receiver allows beyond the recommended algorithms, and how old a message may be.
struct PolicyOptions: ParsableArguments {
    @Option(
        help: "An algorithm of old to accept: sha-1, rsa-1_5, cbc, 3des, or a name or URI; repeat for more."
    )
    var allow: [String] = []
    @Option(help: "The greatest age of a timestamp in seconds.") var maximumAge = 300
    @Option(help: "How many seconds clocks may differ.") var clockSkew = 60
    @Option(help: "The actor or role that the header is for.") var actor: String?

    /// A policy that demands these parts.
    func policy(signed: [MessagePart], encrypted: [MessagePart]) throws -> InboundPolicy {
        let policy = InboundPolicy(
            signed: Set(signed),
            encrypted: Set(encrypted),
            requiresTimestamp: signed.contains(.timestamp),
            maximumAge: .seconds(maximumAge),
            clockSkew: .seconds(clockSkew),
            actor: actor
        )
        return try AlgorithmAllowance.adding(allow, to: policy)
    }
}

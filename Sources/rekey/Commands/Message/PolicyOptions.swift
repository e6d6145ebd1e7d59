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
    @Option(
        help: "The layout that the header must keep: strict, lax, laxTimestampFirst, laxTimestampLast. Else any.",
        transform: OptionWords.layout
    )
    var layout: HeaderLayout?
    @Option(
        help: "The order that must be kept: signThenEncrypt or encryptThenSign. Else either.",
        transform: OptionWords.order
    )
    var order: ProtectionOrder?
    @Flag(help: "Accept ids that are no XML names, as some stacks write them.") var foreignIdentifiers = false
    @Option(help: "The actor or role that the header is for.") var actor: String?

    /// A policy that demands these parts.
    func policy(signed: [MessagePart], encrypted: [MessagePart]) throws -> InboundPolicy {
        var policy = InboundPolicy(
            signed: Set(signed),
            encrypted: Set(encrypted),
            requiresTimestamp: signed.contains(.timestamp),
            order: order,
            maximumAge: .seconds(maximumAge),
            clockSkew: .seconds(clockSkew),
            actor: actor
        )
        policy.layout = layout
        policy.allowsForeignIdentifiers = foreignIdentifiers
        return try AlgorithmAllowance.adding(allow, to: policy)
    }
}

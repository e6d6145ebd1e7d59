import ArgumentParser
import WSSecurity

/// What a receiver allows beyond the recommended algorithms, and how old a message may be.
struct PolicyOptions: ParsableArguments {
    @Flag(help: "Accept every algorithm that is known, SHA-1 and CBC too.") var allowLegacy = false
    @Option(help: "The greatest age of a timestamp in seconds.") var maximumAge = 300
    @Option(help: "How many seconds clocks may differ.") var clockSkew = 60
    @Option(help: "The actor or role that the header is for.") var actor: String?

    /// A policy that demands these parts.
    func policy(signed: [MessagePart], encrypted: [MessagePart]) -> InboundPolicy {
        var policy = InboundPolicy(
            signed: Set(signed),
            encrypted: Set(encrypted),
            requiresTimestamp: signed.contains(.timestamp),
            maximumAge: .seconds(maximumAge),
            clockSkew: .seconds(clockSkew),
            actor: actor
        )
        if allowLegacy {
            policy.signatureAlgorithms = Set(SignatureMethod.allCases)
            policy.digestAlgorithms = Set(DigestAlgorithm.allCases)
            policy.encryptionAlgorithms = Set(EncryptionMethod.allCases)
            policy.keyTransports = Set(OptionWords.keyTransports.map(\.1))
        }
        return policy
    }
}

import XML

/// What a message that is read from a file may cost at most; `ProcessingLimits` hold for all else.
public struct StreamingLimits: Hashable, Sendable {
    /// Octets of the message, and of what comes out of it.
    public var octetCount = 16 << 30
    /// Octets of all that is not the Body's content, which is held in memory.
    public var headerOctetCount = 4 << 20
    /// Ids in the Body.
    public var identifierCount = 250_000

    /// The limits.
    public init() {}

    /// Limits of the scanner for the whole message.
    func xml(_ limits: XMLLimits) -> XMLLimits {
        var result = limits
        result.octetCount = octetCount
        result.nodeCount = Int(UInt32.max) - 1
        return result
    }
}

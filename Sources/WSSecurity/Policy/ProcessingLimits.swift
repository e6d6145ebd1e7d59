package import XML

/// What one message may cost its receiver at most.
public struct ProcessingLimits: Hashable, Sendable {
    /// Signatures in the header.
    public var signatureCount = 4
    /// References in one signature.
    public var referenceCount = 24
    /// Prefixes in one `ec:InclusiveNamespaces`.
    public var inclusivePrefixCount = 64
    /// Wrapped keys in the header.
    public var encryptedKeyCount = 4
    /// Encrypted parts.
    public var encryptedDataCount = 16
    /// Operations with a private key: the costly ones.
    public var privateKeyOperationCount = 4
    /// Octets of the message.
    public var octetCount: Int {
        get { xml.octetCount }
        set { xml.octetCount = newValue }
    }
    /// What the document itself may cost.
    package var xml = XMLLimits.standard

    /// The standard limits, to be changed one by one.
    public init() {}
}

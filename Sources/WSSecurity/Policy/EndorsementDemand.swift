/// What a receiver demands of a signature besides the primary one (WS-SecurityPolicy 1.3 section 8.3).
public struct EndorsementDemand: Hashable, Sendable {
    /// The certificates that may endorse; the trusted keys must have them too.
    ///
    /// Their signatures count for this demand alone, and for no part that the policy demands signed otherwise.
    public var certificates: Set<Certificate>
    /// What one signature by one of them must cover; `.signature` is the primary signature.
    public var parts: Set<MessagePart>

    /// A demand; for a signature over the primary one unless told otherwise.
    public init(by certificates: Set<Certificate>, of parts: Set<MessagePart> = [.signature]) {
        self.certificates = certificates
        self.parts = parts
    }
}

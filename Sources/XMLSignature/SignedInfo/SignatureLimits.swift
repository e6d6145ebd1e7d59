/// What a `ds:Signature` may use and cost at most.
package struct SignatureLimits: Sendable {
    /// References in one signature.
    package var referenceCount: Int
    /// Prefixes in one `ec:InclusiveNamespaces`.
    package var inclusivePrefixCount: Int

    /// The limits.
    package init(referenceCount: Int = 24, inclusivePrefixCount: Int = 64) {
        self.referenceCount = referenceCount
        self.inclusivePrefixCount = inclusivePrefixCount
    }
}

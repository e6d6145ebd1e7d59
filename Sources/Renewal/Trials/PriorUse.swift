package import Keystore

/// Messages of one track that trials protected with the new version before the alias changed to it.
package struct PriorUse: Hashable, Codable, Sendable {
    /// The track, as an index of the plan's.
    package let track: Int
    /// Its partner.
    package let partner: PartnerID
    /// How many the partner took.
    package let succeeded: Int
    /// How many it refused with a security fault.
    package let failed: Int

    package init(track: Int, partner: PartnerID, succeeded: Int, failed: Int) {
        self.track = track
        self.partner = partner
        self.succeeded = succeeded
        self.failed = failed
    }
}

extension KeyUseTally {
    /// Leaves out what trials did; the moments stay those of all uses.
    mutating func forget(_ prior: PriorUse) {
        succeeded = max(0, succeeded - prior.succeeded)
        failed = max(0, failed - prior.failed)
    }
}

/// The room that is left for a store.
package struct StoreSpace: Hashable, Sendable {
    /// What its file system has left for this program.
    package let freeOctetCount: Int
    /// The size of the file system.
    package let totalOctetCount: Int
    /// What the file has already and does not use.
    package let reusableOctetCount: Int

    package init(freeOctetCount: Int, totalOctetCount: Int, reusableOctetCount: Int) {
        self.freeOctetCount = freeOctetCount
        self.totalOctetCount = totalOctetCount
        self.reusableOctetCount = reusableOctetCount
    }
}

extension StoreSpace {
    /// How much is to be left for bringing stored messages to their end: what is configured, or the smaller of 256 MB and a twentieth
    /// of the file system.
    func reserve(_ configured: Int?) -> Int { configured ?? min(256 << 20, totalOctetCount / 20) }
}

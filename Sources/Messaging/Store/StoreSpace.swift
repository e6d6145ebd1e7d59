/// The room that is left for a store.
package struct StoreSpace: Hashable, Sendable {
    /// What its file system has left for this program.
    package let freeOctetCount: Int
    /// What the file has already and does not use.
    package let reusableOctetCount: Int

    package init(freeOctetCount: Int, reusableOctetCount: Int) {
        self.freeOctetCount = freeOctetCount
        self.reusableOctetCount = reusableOctetCount
    }
}

/// How many octets a body may have, and where they lie meanwhile.
package struct PayloadTerms: Sendable {
    /// The most octets, after decompression.
    package var octetLimit: Int
    /// A body with more octets than these goes into a spool file.
    package var spoolThreshold: Int
    /// The folder of spool files; they have no names, only their owner can read them, and they are gone with their last use.
    package var spoolFolder: String
    /// How many times as large as what arrived a compressed body may become.
    package var expansionLimit: Int

    package init(octetLimit: Int, spoolThreshold: Int, spoolFolder: String, expansionLimit: Int) {
        self.octetLimit = octetLimit
        self.spoolThreshold = spoolThreshold
        self.spoolFolder = spoolFolder
        self.expansionLimit = expansionLimit
    }
}

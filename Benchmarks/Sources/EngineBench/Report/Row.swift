/// One figure of the result.
struct Row: Codable {
    let operation: String
    let octetCount: Int
    let stack: String
    let operationsPerSecond: Double
    /// What the same primitives reach raw; of the XML-alone row, libxml2.
    let limitPerSecond: Double
    /// The most memory of the stack's process; of sizes that are measured cold, by one operation.
    let peakOctets: Int
    /// The distance of the slowest and the fastest round, as a share of the median.
    let spread: Double
    /// Allocations of one operation, where they are counted.
    let allocations: Int?

    /// Message octets in a second, in millions.
    var megaoctetsPerSecond: Double { operationsPerSecond * Double(octetCount) / 1e6 }
}

/// What `-o json` prints.
struct Report: Codable {
    let rows: [Row]
    /// One RSA-2048 operation of libcrypto in the same run, per second.
    let rsaPrivatePerSecond: Double
    let rsaPublicPerSecond: Double
}

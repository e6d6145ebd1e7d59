/// How often a 2 KB operation may allocate: growth shows here before it shows in time.
enum AllocationThreshold {
    private static let most: [Operation: Int] = [
        .sign: 270, .verify: 180, .encrypt: 145, .decrypt: 235, .signEncrypt: 360, .verifyDecrypt: 390, .xml: 50,
    ]

    /// The rows that pass their threshold, in words.
    static func excesses(in report: Report) -> [String] {
        report.rows.compactMap { row in
            guard row.stack == "rekey", row.octetCount == Campaign.octetCounts[0],
                let operation = Operation(rawValue: row.operation), let most = most[operation],
                let allocations = row.allocations, allocations > most
            else { return nil }
            return "\(row.operation) of 2 KB allocates \(allocations) times, and may \(most) times"
        }
    }
}

package import Foundation

/// How often a key version was used for a purpose, and when first and last (`GET /ledger`).
package struct LedgerRow: Codable, Sendable, Hashable {
    /// The key.
    package var alias: String
    /// Its version.
    package var version: Int
    /// `sign`, `verify`, `encrypt` or `decrypt`.
    package var purpose: String
    /// The integration flow.
    package var flow: String
    /// The partner at the other end.
    package var partner: String
    /// How the operations ended, such as `succeeded` or `failed`.
    package var outcome: String
    /// How many there were.
    package var count: Int
    /// The first of them.
    package var firstAt: Date
    /// The last of them.
    package var lastAt: Date

    /// A row of the key-use ledger.
    package init(
        alias: String,
        version: Int,
        purpose: String,
        flow: String,
        partner: String,
        outcome: String,
        count: Int,
        firstAt: Date,
        lastAt: Date
    ) {
        self.alias = alias
        self.version = version
        self.purpose = purpose
        self.flow = flow
        self.partner = partner
        self.outcome = outcome
        self.count = count
        self.firstAt = firstAt
        self.lastAt = lastAt
    }
}

package import FoundationEssentials

/// A row of the key-use ledger: how often, and when first and last.
package struct KeyUseCounter: Hashable, Sendable {
    /// What is counted.
    package let account: KeyUse.Account
    /// How many there were.
    package var tally: Tally

    package init(account: KeyUse.Account, tally: Tally) {
        self.account = account
        self.tally = tally
    }
}

/// A count with the first and the last moment.
package struct Tally: Hashable, Sendable {
    /// How many; at least 1.
    package var count: Int
    /// The first of them.
    package var firstAt: Date
    /// The last of them.
    package var lastAt: Date

    package init(count: Int, firstAt: Date, lastAt: Date) {
        self.count = count
        self.firstAt = firstAt
        self.lastAt = lastAt
    }

    /// One occurrence.
    package init(at moment: Date) {
        self.init(count: 1, firstAt: moment, lastAt: moment)
    }

    /// Adds another tally of the same thing.
    package mutating func add(_ other: Tally) {
        count += other.count
        firstAt = min(firstAt, other.firstAt)
        lastAt = max(lastAt, other.lastAt)
    }
}

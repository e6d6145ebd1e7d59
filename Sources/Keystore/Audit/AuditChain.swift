import Cryptography

/// The audit log as a chain of hashes that can be checked anywhere, by anyone.
package enum AuditChain {
    /// What is wrong with a log, and at which entry.
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// An entry is missing or out of order: this sequence was expected.
        case gap(sequence: Int)
        /// The entry does not follow the one before it.
        case brokenLink(sequence: Int)
        /// The entry was changed after it was written.
        case altered(sequence: Int)

        /// For people.
        package var description: String {
            switch self {
            case .gap(let sequence): "entry \(sequence) of the audit log is missing"
            case .brokenLink(let sequence): "entry \(sequence) of the audit log does not follow the one before it"
            case .altered(let sequence): "entry \(sequence) of the audit log was changed"
            }
        }
    }

    /// Checks that `entries` follow `previous`, or begin the log, without a gap or a change.
    ///
    /// Returns the hash of the last entry, which a checkpoint elsewhere can be compared with.
    @discardableResult
    package static func verify(_ entries: [AuditEntry], after previous: AuditEntry? = nil) throws(Fault) -> [UInt8] {
        var sequence = previous?.sequence ?? 0
        var hash = previous?.hash ?? AuditEntry.originHash
        for entry in entries {
            sequence += 1
            guard entry.sequence == sequence else { throw .gap(sequence: sequence) }
            guard ConstantTime.equal(entry.previousHash, hash) else { throw .brokenLink(sequence: sequence) }
            guard ConstantTime.equal(entry.hash, entry.computedHash()) else { throw .altered(sequence: sequence) }
            hash = entry.hash
        }
        return hash
    }
}

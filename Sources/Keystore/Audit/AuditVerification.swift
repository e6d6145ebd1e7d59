package import Cryptography
import FoundationEssentials

/// Checks an audit log entry by entry, and its checkpoints; nothing of the tenant is needed but certificates of its
/// signing key.
package struct AuditVerification: Sendable {
    /// What is wrong with a log.
    package enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        /// The chain is broken.
        case chain(AuditChain.Fault)
        /// A checkpoint is of an entry that the log does not have there.
        case otherEntry(sequence: Int)
        /// A checkpoint that was kept is of an entry behind the log's end.
        case cutOff(sequence: Int, last: Int)
        /// A checkpoint's signature is not its key's.
        case badSignature(sequence: Int)
        /// A checkpoint is signed by a key that was not given.
        case unknownKey(sequence: Int, key: [UInt8])

        /// For people.
        package var description: String {
            switch self {
            case .chain(let fault): fault.description
            case .otherEntry(let sequence): "entry \(sequence) is not the one that was signed: the log was rewritten"
            case .cutOff(let sequence, let last):
                "entry \(sequence) was signed, and the log ends with \(last): its end was cut off"
            case .badSignature(let sequence): "the signature of the checkpoint at entry \(sequence) is wrong"
            case .unknownKey(let sequence, let key):
                "the checkpoint at entry \(sequence) is signed by another key (\(Hexadecimal.text(key)))"
            }
        }
    }

    /// The first entry that was read; 0 before.
    package private(set) var first = 0
    /// The last entry that was read; 0 before.
    package private(set) var last = 0
    /// The hash of the last entry.
    package private(set) var lastHash = AuditEntry.originHash
    /// The last entry that a checkpoint signs; `nil` when none does.
    package private(set) var lastSigned: Int?
    /// How many checkpoints were sound.
    package private(set) var checkpointCount = 0

    private let certificates: [[UInt8]: Certificate]
    private var pending: [AuditCheckpoint]

    /// - Parameters:
    ///   - certificates: Those of the signing key, present and former.
    ///   - checkpoints: Those to hold the log to: of the log itself, and any that were kept elsewhere.
    /// - Throws: `badSignature` or `unknownKey`.
    package init(certificates: [Certificate], checkpoints: [AuditCheckpoint]) throws(Fault) {
        self.certificates = Dictionary(
            certificates.map { ($0.auditKeyName, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        pending = Set(checkpoints).sorted { $0.sequence > $1.sequence }
        for checkpoint in pending {
            guard let certificate = self.certificates[checkpoint.key] else {
                throw .unknownKey(sequence: checkpoint.sequence, key: checkpoint.key)
            }
            guard checkpoint.isSigned(by: certificate) else { throw .badSignature(sequence: checkpoint.sequence) }
        }
    }

    /// Reads the next entries; the first of all may begin anywhere in the log.
    package mutating func read(_ entries: some Sequence<AuditEntry>) throws(Fault) {
        for entry in entries { try read(entry) }
    }

    /// Throws `cutOff` when a checkpoint signs an entry behind the last one.
    package func end() throws(Fault) {
        if let checkpoint = pending.max(by: { $0.sequence < $1.sequence }), checkpoint.sequence > last {
            throw .cutOff(sequence: checkpoint.sequence, last: last)
        }
    }

    private mutating func read(_ entry: AuditEntry) throws(Fault) {
        if first == 0 {
            first = entry.sequence
            last = entry.sequence - 1
            if entry.sequence > 1 { lastHash = entry.previousHash }
        }
        let fault: AuditChain.Fault? =
            if entry.sequence != last + 1 { .gap(sequence: last + 1) } else if entry.previousHash != lastHash {
                .brokenLink(sequence: entry.sequence)
            } else if entry.hash != entry.computedHash() { .altered(sequence: entry.sequence) } else { nil }
        if let fault { throw .chain(fault) }
        (last, lastHash) = (entry.sequence, entry.hash)
        while let checkpoint = pending.last, checkpoint.sequence <= entry.sequence {
            pending.removeLast()
            guard checkpoint.sequence == entry.sequence else { continue }
            guard checkpoint.hash == entry.hash else { throw .otherEntry(sequence: entry.sequence) }
            lastSigned = entry.sequence
            checkpointCount += 1
        }
    }
}

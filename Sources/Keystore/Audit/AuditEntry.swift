import Cryptography
package import FoundationEssentials

/// One entry of the audit log, bound to the one before by its hash.
package struct AuditEntry: Hashable, Codable, Sendable {
    /// The place in the log, counted from 1.
    package let sequence: Int
    /// When it happened, to the millisecond.
    package let at: Date
    /// Who did it.
    package let actor: String
    /// What was done, such as `key.exchange`.
    package let action: String
    /// To what, such as a key version.
    package let subject: String
    /// More for people.
    package let detail: String
    /// The hash of the entry before; 32 zero octets in the first.
    package let previousHash: [UInt8]
    /// SHA-256 over all of the above.
    package let hash: [UInt8]

    /// An entry as it is stored; `AuditChain.verify` tells whether it is sound.
    package init(
        sequence: Int,
        at: Date,
        actor: String,
        action: String,
        subject: String,
        detail: String,
        previousHash: [UInt8],
        hash: [UInt8]
    ) {
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.action = action
        self.subject = subject
        self.detail = detail
        self.previousHash = previousHash
        self.hash = hash
    }

    /// The entry that follows `previous`; the first when there is none.
    package init(
        following previous: AuditEntry?,
        at: Date,
        actor: String,
        action: String,
        subject: String,
        detail: String
    ) {
        let draft = AuditEntry(
            sequence: (previous?.sequence ?? 0) + 1,
            at: Date(timeIntervalSince1970: Double(Self.milliseconds(at)) / 1000),
            actor: actor,
            action: action,
            subject: subject,
            detail: detail,
            previousHash: previous?.hash ?? Self.originHash,
            hash: []
        )
        self.init(
            sequence: draft.sequence,
            at: draft.at,
            actor: actor,
            action: action,
            subject: subject,
            detail: detail,
            previousHash: draft.previousHash,
            hash: draft.computedHash()
        )
    }

    /// What the first entry has for the hash of the one before.
    static let originHash = [UInt8](repeating: 0, count: DigestAlgorithm.sha256.octetCount)

    /// The hash that the entry must have: SHA-256 over its parts, each after its length in eight octets.
    func computedHash() -> [UInt8] {
        var digester = Digester(.sha256)
        let texts = ["\(sequence)", "\(Self.milliseconds(at))", actor, action, subject, detail].map { Array($0.utf8) }
        for part in texts + [previousHash] {
            digester.update(withUnsafeBytes(of: UInt64(part.count).bigEndian) { Array($0) })
            digester.update(part)
        }
        return digester.finalize()
    }

    static func milliseconds(_ moment: Date) -> Int {
        Int((moment.timeIntervalSince1970 * 1000).rounded())
    }
}

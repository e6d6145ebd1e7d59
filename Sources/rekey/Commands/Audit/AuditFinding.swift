import Cryptography
import Keystore

/// What verifying found.
struct AuditFinding: Encodable {
    let first: Int
    let last: Int
    let lastHash: String
    let checkpoints: Int
    let lastSigned: Int?
    /// SHA-256 of each certificate that signatures were checked with.
    let keys: [String]
    /// Whether the certificates came from the person who verifies, not from the log.
    let keysWereGiven: Bool

    init(_ verification: AuditVerification, _ certificates: [Certificate], isTrusted: Bool) {
        first = verification.first
        last = verification.last
        lastHash = Hexadecimal.text(verification.lastHash)
        checkpoints = verification.checkpointCount
        lastSigned = verification.lastSigned
        keys = certificates.map(\.fingerprint)
        keysWereGiven = isTrusted
    }

    /// For people.
    var text: String {
        var lines = ["entries \(first) to \(last) hold together; the last one's hash is \(lastHash)"]
        if let lastSigned {
            lines.append("signed up to entry \(lastSigned), by \(checkpoints) checkpoint(s)")
            if lastSigned < last { lines.append("\(last - lastSigned) entries after that are not signed yet") }
        } else {
            lines.append("no checkpoint signs any of them: the hashes alone show no rewriting")
        }
        if !keysWereGiven, !keys.isEmpty {
            lines.append("the signing key's certificate came with the log: compare its fingerprint with the tenant's")
        }
        return (lines + keys.map { "signing key: \($0)" }).joined(separator: "\n")
    }
}
